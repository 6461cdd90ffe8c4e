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

    /** Whether the answer's body says success. Numbers are compared by value. */
    public boolean isSatisfiedBy(JsonNode body) {
        JsonNode found = body.at(pointer);
        if (found.isNumber() && equals.isNumber()) {
            return found.decimalValue().compareTo(equals.decimalValue()) == 0;
        }
        return found.equals(equals);
    }
}
