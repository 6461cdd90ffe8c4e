package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.ValueType;

/** A string. */
public record TextValue(String text) implements Value {

    @Override
    public ValueType type() {
        return ValueType.STRING;
    }

    @Override
    public Object key() {
        return text;
    }

    @Override
    public JsonNode json() {
        return TextNode.valueOf(text);
    }
}
