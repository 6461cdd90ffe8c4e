package dev.onward.call.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.BodyCapture;
import dev.onward.call.CallRequest;
import dev.onward.egress.Header;
import dev.onward.egress.SecretHeaders;
import dev.onward.secret.Masker;
import java.nio.charset.StandardCharsets;

/**
 * What of a call nobody may read in the log: the values of some headers, secret values wherever they stand, and places
 * of JSON bodies.
 *
 * @param bodies whether bodies are kept, and which of their places are masked
 * @param masker of the values that are masked in URLs, headers and bodies
 */
record Redaction(BodyCapture bodies, Masker masker) {

    private static final String MASK = SecretHeaders.MASK;

    /** What the call's policy asks for, and what its request carries. */
    static Redaction of(CallRequest request) {
        return new Redaction(request.policy().capture(), request.masker());
    }

    Header header(Header header) {
        String shown = text(SecretHeaders.shown(header));
        return shown.equals(header.value()) ? header : new Header(header.name(), shown);
    }

    String url(String url) {
        return masker.maskUrl(url);
    }

    String text(String text) {
        return masker.mask(text);
    }

    /** Done before anything is cut, so that no half of a secret stays at the end. */
    byte[] bytes(byte[] utf8) {
        return masker.isEmpty()
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
