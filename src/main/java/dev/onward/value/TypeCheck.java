package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** Checks values against declared parameters. Nothing is converted; every fault is noted with its place. */
public final class TypeCheck {

    private TypeCheck() {}

    /**
     * Checks an object of values against the declared names: each value's type, what is missing, what is unknown.
     *
     * @param values an object; anything else is noted as a fault
     * @param at where the object stands in the document that was sent
     * @param kind what to call one of them in a message: "argument", "field"
     */
    public static void all(
            JsonNode values, Map<String, Parameter> declared, JsonPointer at, String kind, Issues issues) {
        if (!values.isObject()) {
            issues.error(at, ValueIssue.WRONG_TYPE, "an object is expected, found " + found(values));
            return;
        }
        for (Parameter parameter : declared.values()) {
            JsonNode value = values.get(parameter.name());
            JsonPointer place = at.appendProperty(parameter.name());
            if (value != null) {
                one(value, parameter, place, issues);
            } else if (!parameter.optional() && parameter.defaultValue().isEmpty()) {
                issues.error(place, ValueIssue.MISSING, "the " + kind + " '" + parameter.name() + "' is required");
            }
        }
        unknown(values, declared, at, kind, issues);
    }

    /** Checks one value, its elements and fields included. */
    public static void one(JsonNode value, Parameter parameter, JsonPointer at, Issues issues) {
        if (value.isNull()) {
            return;
        }
        ValueType type = parameter.type();
        if (!type.accepts(value)) {
            issues.error(at, ValueIssue.WRONG_TYPE, mismatch(parameter.name(), type, value));
        } else if (type.isList()) {
            elements(value, parameter, at, issues);
        } else if (type == ValueType.OBJECT) {
            fields(value, parameter, at, issues);
        }
    }

    /** What kind of JSON value was found, for a message; never the value itself. */
    public static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a number with a fraction or an exponent";
            case BOOLEAN -> "a boolean";
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            default -> "null";
        };
    }

    private static void elements(JsonNode list, Parameter parameter, JsonPointer at, Issues issues) {
        ValueType element = parameter.type().element().orElseThrow();
        int index = 0;
        for (Iterator<JsonNode> i = list.elements(); i.hasNext(); index++) {
            JsonNode value = i.next();
            if (!element.accepts(value)) {
                issues.error(at.appendIndex(index), ValueIssue.WRONG_TYPE, mismatch(parameter.name(), element, value));
            } else if (element == ValueType.OBJECT && !value.isNull()) {
                fields(value, parameter, at.appendIndex(index), issues);
            }
        }
    }

    private static void fields(JsonNode value, Parameter parameter, JsonPointer at, Issues issues) {
        if (!parameter.fields().isEmpty()) {
            all(value, parameter.fields(), at, "field", issues);
        }
    }

    private static void unknown(
            JsonNode values, Map<String, Parameter> declared, JsonPointer at, String kind, Issues issues) {
        for (Iterator<String> names = values.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!declared.containsKey(name)) {
                issues.error(
                        at.appendProperty(name),
                        ValueIssue.UNKNOWN_MEMBER,
                        "there is no " + kind + " of this name; declared are " + declared.keySet());
            }
        }
    }

    private static String mismatch(String name, ValueType type, JsonNode value) {
        return "'" + name + "' is declared " + type.wireName() + ": " + type.meaning() + " is expected, found "
                + found(value);
    }
}
