package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.onward.value.ValueType;

/** True or false. */
public enum BooleanValue implements Value {
    TRUE,
    FALSE;

    public static BooleanValue of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }

    @Override
    public Object key() {
        return this;
    }

    @Override
    public JsonNode json() {
        return BooleanNode.valueOf(isTrue());
    }

    @Override
    public String text() {
        return Boolean.toString(isTrue());
    }

    @Override
    public boolean isTrue() {
        return this == TRUE;
    }
}
