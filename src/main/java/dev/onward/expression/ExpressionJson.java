package dev.onward.expression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.signature.Signature;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;

/** Writes the answers of {@link ExpressionsResource}. */
final class ExpressionJson {

    private ExpressionJson() {}

    /** {@code {"type": "integer", "value": 3}} and warnings when there are any. */
    static ObjectNode value(Expression expression, Value value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type(expression, value).wireName());
        json.set("value", value.json());
        if (!expression.warnings().isEmpty()) {
            warnings(expression, json);
        }
        return json;
    }

    /** {@code {"type": "integer", "warnings": []}} */
    static ObjectNode check(Expression expression) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", expression.type().wireName());
        warnings(expression, json);
        return json;
    }

    /** {@code {"items": [{"name": …, "group": …, "description": …, "signatures": […]}]}} */
    static ObjectNode functions(List<Function> functions) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        functions.forEach(function -> items.add(function(function)));
        return json;
    }

    /** What is known before tells more than a null or an empty list does. */
    private static ValueType type(Expression expression, Value value) {
        ValueType known = expression.type();
        boolean isOpen = known == ValueType.ANY || known == ValueType.LIST_ANY;
        return isOpen && !value.isNull() ? value.type() : known;
    }

    private static void warnings(Expression expression, ObjectNode json) {
        ArrayNode warnings = json.putArray("warnings");
        expression.warnings().forEach(warning -> warnings.add(warning.json()));
    }

    private static ObjectNode function(Function function) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", function.name())
                .put("group", function.group().wireName())
                .put("description", function.description());
        ArrayNode signatures = json.putArray("signatures");
        function.signatures().forEach(signature -> signatures.add(signature(signature)));
        return json;
    }

    private static ObjectNode signature(Signature signature) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode parameters = json.putArray("parameters");
        for (Parameter parameter : signature.parameters()) {
            parameters
                    .addObject()
                    .put("type", parameter.type().wireName())
                    .put("constant", parameter.kind().needsConstant());
        }
        return json.put("result", signature.result().wireName());
    }
}
