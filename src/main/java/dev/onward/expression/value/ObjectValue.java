package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.ValueType;
import java.util.HashMap;
import java.util.Map;

/**
 * An object, as the data held it.
 *
 * @param members never changed by this program
 */
public record ObjectValue(ObjectNode members) implements Value {

    @Override
    public ValueType type() {
        return ValueType.OBJECT;
    }

    /** The order of the members does not count. */
    @Override
    public Object key() {
        Map<String, Object> keys = new HashMap<>();
        members.properties()
                .forEach(member -> keys.put(
                        member.getKey(), JsonValue.of(member.getValue()).key()));
        return keys;
    }

    @Override
    public JsonNode json() {
        return members;
    }

    @Override
    public String text() {
        return members.toString();
    }
}
