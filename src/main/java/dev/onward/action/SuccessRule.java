package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a 2xx must say to count as success.
 *
 * @param pointer where to look in the answer's body
 * @param equals what must stand there
 */
public record SuccessRule(JsonPointer pointer, JsonNode equals) {

    /** Whether the answer's body says success. Numbers are compared by value, at any depth. */
    public boolean isSatisfiedBy(JsonNode body) {
        return equals.equals(SuccessRule::byValue, body.at(pointer));
    }

    private static int byValue(JsonNode wanted, JsonNode found) {
        if (wanted.isNumber() && found.isNumber()) {
            return wanted.decimalValue().compareTo(found.decimalValue());
        }
        return wanted.equals(found) ? 0 : 1;
    }
}
