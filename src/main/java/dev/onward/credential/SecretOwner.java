package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.Destination;
import dev.onward.egress.UrlParser;
import dev.onward.value.Issues;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Whose secrets: of an action or a named credential, and of the origins that they are shown to. With another origin it is
 * another owner, so that no secret is ever sent to a place that it was not given for.
 */
public final class SecretOwner {

    private static final List<JsonPointer> URLS = List.of(
            JsonPointer.compile("/endpoint/url"),
            JsonPointer.compile("/authentication/endpoint"),
            JsonPointer.compile("/authentication/tokenUrl"));

    private SecretOwner() {}

    /** The owner of what stands in an action's definition. */
    public static String ofAction(UUID id, JsonNode document) {
        return actionPrefix(id) + origins(document);
    }

    /** What the owners of all versions of an action begin with. */
    public static String actionPrefix(UUID id) {
        return "action/" + id + "@";
    }

    static String ofCredential(UUID id, JsonNode document) {
        return credentialPrefix(id) + origins(document);
    }

    static String credentialPrefix(UUID id) {
        return "credential/" + id + "@";
    }

    /** A URL that cannot be read counts as none: the reader of the document tells. */
    private static String origins(JsonNode document) {
        List<String> origins = new ArrayList<>();
        for (JsonPointer url : URLS) {
            JsonNode text = document.at(url);
            if (text.isTextual()) {
                UrlParser.parse(text.textValue(), url, new Issues())
                        .map(SecretOwner::origin)
                        .ifPresent(origins::add);
            }
        }
        return String.join(",", origins);
    }

    private static String origin(Destination destination) {
        return destination.scheme().wireName() + "://" + destination.host() + ":" + destination.port();
    }
}
