package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.onward.value.ValueType;

/** No value: a field that is absent, or a null. */
public enum NullValue implements Value {
    NULL;

    @Override
    public ValueType type() {
        return ValueType.ANY;
    }

    @Override
    public Object key() {
        return this;
    }

    @Override
    public JsonNode json() {
        return NullNode.getInstance();
    }

    @Override
    public String text() {
        return "null";
    }

    @Override
    public boolean isNull() {
        return true;
    }
}
