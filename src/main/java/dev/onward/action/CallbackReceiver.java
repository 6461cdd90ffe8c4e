package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.EndpointRules;
import dev.onward.call.HttpMethod;
import dev.onward.call.auth.Credential;
import dev.onward.credential.CredentialUse;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.UrlParser;
import dev.onward.sandbox.Sandbox;
import dev.onward.template.NullMode;
import dev.onward.template.TemplateCompiler;
import dev.onward.value.Issues;
import dev.onward.value.Parameter;
import dev.onward.value.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who hears of the end of a durable call: a URL, and the action that posts to it what the log shows of that call.
 *
 * @param destination checked by {@link CallbackReader} when it was asked for, and again at every connection
 */
public record CallbackReceiver(Destination destination) {

    /** The name that the log shows. No registered action can have it. */
    public static final String ACTION = "onward-callback";

    /** Of the action. */
    public static final int VERSION = 1;

    /** How long and how often it is tried: as every durable call whose action says nothing. */
    public static final Durability DURABILITY = Durability.DEFAULT;

    private static final UUID ID = new UUID(0, 0);
    private static final String CALL = "call";
    private static final Map<String, Parameter> PARAMETERS = Map.of(CALL, Parameter.required(CALL, ValueType.ANY));
    private static final RequestBody BODY = new RequestBody(
            BodyType.JSON,
            new TemplateCompiler(PARAMETERS, new Issues())
                    .payload(TextNode.valueOf("${" + CALL + "}"), NullMode.KEEP, JsonPointer.empty()));

    /** The receiver whose {@link #url} was stored; empty when that is none. */
    public static Optional<CallbackReceiver> stored(String url) {
        return UrlParser.parse(url, JsonPointer.empty(), new Issues()).map(CallbackReceiver::new);
    }

    /**
     * What the action is invoked with.
     *
     * @param call JSON text of what the log shows
     * @return JSON text
     */
    public static String invocation(String call) {
        return "{\"arguments\":{\"" + CALL + "\":" + call + "}}";
    }

    public String url() {
        return destination.url();
    }

    public String host() {
        return destination.host();
    }

    /** Scheme, host and port, all of them written. */
    public String origin() {
        return destination.origin();
    }

    /** The action that posts to it. */
    public Action action(Sandbox sandbox) {
        ActionDefinition definition = new ActionDefinition(
                ACTION,
                new Endpoint(HttpMethod.POST, destination, Map.of(), Map.of(), EndpointRules.DEFAULT),
                PARAMETERS,
                BODY,
                ResponseSample.NONE,
                ResponseSample.NONE,
                Optional.empty(),
                PolicyReader.standard(),
                DURABILITY,
                CredentialUse.NONE,
                JsonNodeFactory.instance.objectNode());
        return new Action(ID, sandbox, definition, VERSION, Instant.EPOCH, "", List.of(), Credential.NONE, Map.of());
    }
}
