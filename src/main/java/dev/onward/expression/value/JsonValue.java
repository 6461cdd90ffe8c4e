package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import java.util.ArrayList;
import java.util.List;

/** Reads values from JSON whose type nobody declared: text stays text. */
public final class JsonValue {

    private JsonValue() {}

    /**
     * The value of a JSON node; a null of one that is missing.
     *
     * @throws Fault {@code integer-out-of-range} when a number is no 64-bit integer and no finite double
     */
    public static Value of(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> new TextValue(json.textValue());
            case NUMBER -> number(json);
            case BOOLEAN -> BooleanValue.of(json.booleanValue());
            case OBJECT -> new ObjectValue((ObjectNode) json);
            case ARRAY -> list(json);
            case NULL, MISSING -> NullValue.NULL;
            case BINARY, POJO -> throw new IllegalArgumentException("not a node that JSON text can hold");
        };
    }

    private static Value number(JsonNode json) {
        if (json.isIntegralNumber()) {
            if (json.canConvertToLong()) {
                return new IntegerValue(json.longValue());
            }
        } else if (Double.isFinite(json.doubleValue())) {
            return new DecimalValue(json.doubleValue());
        }
        throw new Fault(
                ExpressionIssueCode.INTEGER_OUT_OF_RANGE,
                "the data has a number outside of -2^63 to 2^63-1, or of what a decimal holds");
    }

    private static Value list(JsonNode array) {
        List<Value> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(of(item)));
        return new ListValue(items);
    }
}
