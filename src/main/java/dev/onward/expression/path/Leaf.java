package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.JsonValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;

/** How the JSON at the end of a path becomes a value. Immutable and thread-safe. */
@FunctionalInterface
public interface Leaf {

    /** Nobody declared a type: the JSON tells it. */
    Leaf UNDECLARED = JsonValue::of;

    Value value(JsonNode json);

    /**
     * The value is of a declared type. Text that is no date, where one is declared, is a null.
     *
     * @throws Fault from {@link #value} when the JSON is of another type
     */
    static Leaf declared(ValueType type) {
        return json -> declared(json, type);
    }

    /** The same for a field that may be a list or not, as the JSON tells: of one, every item is of the type. */
    static Leaf declaredItem(ValueType type) {
        ValueType list = ValueType.listOf(type);
        return json -> declared(json, json.isArray() ? list : type);
    }

    private static Value declared(JsonNode json, ValueType type) {
        Value value = JsonValue.of(json);
        Value converted = Conversion.to(value, type);
        if (converted != null) {
            return converted;
        }
        if (Conversion.isTimeText(value, type)) {
            return Conversion.lenient(value, type);
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "the field is declared " + type.wireName() + " and holds " + JsonKind.of(json));
    }
}
