package dev.onward.call.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.BodyCapture;
import dev.onward.call.CallRequest;
import dev.onward.egress.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of a call nobody may read in the log: the values of some headers, secret values wherever they stand, and places
 * of JSON bodies.
 *
 * @param bodies whether bodies are kept, and which of their places are masked
 * @param secrets values that are masked in URLs, headers and bodies
 */
record Redaction(BodyCapture bodies, List<String> secrets) {

    static final String MASK = "***";

    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization",
            "cookie",
            "set-cookie",
            "set-cookie2",
            "proxy-authorization",
            "authentication-info",
            "proxy-authentication-info",
            "x-api-key",
            "api-key",
            "apikey",
            "x-auth-token",
            "x-access-token",
            "x-amz-security-token",
            "x-goog-api-key",
            "x-csrf-token");

    Redaction {
        secrets = List.copyOf(secrets);
    }

    /** What the call's policy asks for. A request carries no secret values of its own yet. */
    static Redaction of(CallRequest request) {
        return new Redaction(request.policy().capture(), List.of());
    }

    Header header(Header header) {
        boolean secret = SECRET_HEADERS.contains(header.name().toLowerCase(Locale.ROOT));
        return new Header(header.name(), secret ? MASK : text(header.value()));
    }

    String text(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Done before anything is cut, so that no half of a secret stays at the end. */
    byte[] bytes(byte[] utf8) {
        return secrets.isEmpty()
                ? utf8
                : text(new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** The document with its secret places masked; the document given is changed. */
    JsonNode document(JsonNode document) {
        for (JsonPointer place : bodies.redact()) {
            if (place.matches()) {
                return TextNode.valueOf(MASK);
            }
            mask(document.at(place.head()), place.last());
        }
        return document;
    }

    private static void mask(JsonNode parent, JsonPointer token) {
        if (parent instanceof ObjectNode object && object.has(token.getMatchingProperty())) {
            object.put(token.getMatchingProperty(), MASK);
        }
        if (parent instanceof ArrayNode array && array.has(token.getMatchingIndex())) {
            array.set(token.getMatchingIndex(), MASK);
        }
    }
}
