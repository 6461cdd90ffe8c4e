package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.value.ValueType;
import java.util.List;

/**
 * A list; its items may be null.
 *
 * @param items at most {@value #MAX_ITEMS}
 */
public record ListValue(List<Value> items) implements Value {

    /** The longest list that an expression may build. */
    public static final int MAX_ITEMS = 100_000;

    public ListValue {
        items = List.copyOf(items);
    }

    /** The list type whose items are all of one type, integers beside decimals being decimals. */
    @Override
    public ValueType type() {
        ValueType common = ValueType.ANY;
        for (Value item : items) {
            if (item.isNull() || item.type() == common) {
                continue;
            }
            if (common == ValueType.ANY) {
                common = item.type();
            } else if (isNumber(common) && item instanceof NumberValue) {
                common = ValueType.DECIMAL;
            } else {
                return ValueType.LIST_ANY;
            }
        }
        return ValueType.listOf(common);
    }

    private static boolean isNumber(ValueType type) {
        return type == ValueType.INTEGER || type == ValueType.DECIMAL;
    }

    @Override
    public Object key() {
        return items.stream().map(Value::key).toList();
    }

    @Override
    public JsonNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(item -> array.add(item.json()));
        return array;
    }

    @Override
    public String text() {
        return json().toString();
    }
}
