package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;

/** Names the kind of a JSON value for a message, which never quotes the value. */
public final class JsonKind {

    private JsonKind() {}

    /** "an object", "a string". */
    public static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING, BINARY, POJO -> "no value";
        };
    }
}
