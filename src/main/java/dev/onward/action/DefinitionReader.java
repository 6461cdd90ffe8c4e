package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.CallPolicy;
import dev.onward.call.HttpMethod;
import dev.onward.credential.AuthenticationReader;
import dev.onward.credential.CredentialDefinition;
import dev.onward.credential.CredentialUse;
import dev.onward.credential.Credentials;
import dev.onward.credential.SecretValues;
import dev.onward.egress.DestinationRule;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and compiles a definition; every fault of the document is noted. */
final class DefinitionReader {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,30}");

    /** No control characters but tab and line break, no lone surrogates: it is stored as searchable text. */
    private static final Pattern DESCRIPTION = Pattern.compile("[[\\P{Cc}\\t\\n]&&[^\\p{Cs}]]{0,2000}");

    private static final Set<String> SHOWN_ONLY =
            Set.of("version", "usedIn", "warnings", "createdAt", "createdBy", "updatedAt");

    private final DestinationRule rule;
    private final Optional<SecretValues> secrets;

    /**
     * A reader of one document.
     *
     * @param secrets of the document; empty when they cannot be opened, and then nothing of them is read
     */
    DefinitionReader(DestinationRule rule, Optional<SecretValues> secrets) {
        this.rule = rule;
        this.secrets = secrets;
    }

    /**
     * The definition, or empty when an error was noted.
     *
     * @param document with markers in the places of its secrets
     */
    Optional<ActionDefinition> read(JsonNode document, Issues issues) {
        return MemberReader.of(document, JsonPointer.empty(), issues)
                .flatMap(reader -> definition(reader, document))
                .filter(definition -> !issues.hasErrors());
    }

    private Optional<ActionDefinition> definition(MemberReader reader, JsonNode document) {
        reader.ignore(SHOWN_ONLY);
        Optional<String> name = reader.require("name", reader.string("name", NAME));
        reader.string("description", DESCRIPTION);
        CredentialUse authentication = authentication(reader);
        Map<String, Parameter> parameters =
                reader.object("parameters").map(ParametersReader::parameters).orElse(Map.of());
        boolean payloadAllowed = allowsPayload(document.at("/endpoint/method").asText());
        RequestBody body = reader.object("request")
                .map(inner -> new RequestReader(parameters, payloadAllowed).read(inner))
                .orElse(RequestBody.NONE);
        EndpointReader endpointReader = new EndpointReader(rule, parameters, body.type(), secrets);
        Optional<Endpoint> endpoint = reader.requireObject("endpoint").flatMap(endpointReader::read);
        Optional<MemberReader> response = reader.object("response");
        ResponseSample sample = response.map(ResponseReader::sample).orElse(ResponseSample.NONE);
        Optional<SuccessRule> success = response.flatMap(ResponseReader::success);
        response.ifPresent(MemberReader::finish);
        ResponseSample errorSample =
                reader.object("errorResponse").map(ResponseReader::onlySample).orElse(ResponseSample.NONE);
        CallPolicy policy = PolicyReader.read(reader);
        Durability durability = DurabilityReader.read(reader);
        Governance.read(reader);
        reader.finish();
        endpoint.filter(where -> !reader.issues().hasErrors())
                .ifPresent(where -> warnOfUnused(parameters, where, body, reader));
        return name.flatMap(given -> endpoint.map(where -> new ActionDefinition(
                given,
                where,
                parameters,
                body,
                sample,
                errorSample,
                success,
                policy.withEndpoint(where.rules()),
                durability,
                authentication.with(endpointReader.secretHeaders(), endpointReader.secretQuery()),
                bare(document))));
    }

    private CredentialUse authentication(MemberReader reader) {
        Optional<MemberReader> authentication = reader.object("authentication");
        if (authentication.isEmpty() || secrets.isEmpty()) {
            return CredentialUse.NONE;
        }
        MemberReader inner = authentication.get();
        if (inner.any("credential").isPresent()) {
            Optional<String> name = inner.string("credential", Credentials.NAME);
            inner.finish();
            return new CredentialUse(name, CredentialDefinition.NONE, Map.of(), Map.of());
        }
        CredentialDefinition inline =
                new AuthenticationReader(secrets.get(), rule).read(inner).orElse(CredentialDefinition.NONE);
        return new CredentialUse(Optional.empty(), inline, Map.of(), Map.of());
    }

    /** Asked of the text, for an endpoint with another fault has no method. */
    private static boolean allowsPayload(String method) {
        return Arrays.stream(HttpMethod.values())
                .filter(known -> known.name().equals(method))
                .allMatch(HttpMethod::allowsPayload);
    }

    private static void warnOfUnused(
            Map<String, Parameter> parameters, Endpoint endpoint, RequestBody body, MemberReader reader) {
        Set<String> used = new HashSet<>();
        body.template().ifPresent(template -> used.addAll(template.usedParameters()));
        endpoint.headers().values().forEach(value -> used.addAll(value.usedParameters()));
        endpoint.query().values().forEach(value -> used.addAll(value.usedParameters()));
        for (String name : parameters.keySet()) {
            if (!used.contains(name)) {
                JsonPointer at = reader.at("parameters").appendProperty(name);
                String message = "no placeholder uses the parameter '" + name + "'";
                reader.issues().warning(at, ActionIssue.PARAMETER_UNUSED, message);
            }
        }
    }

    private static JsonNode bare(JsonNode document) {
        return ((ObjectNode) document.deepCopy()).without(SHOWN_ONLY);
    }
}
