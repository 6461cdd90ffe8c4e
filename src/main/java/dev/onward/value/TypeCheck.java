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
        all(values, declared, new Place.Known(at), kind, issues);
    }

    /** Checks one value, its elements and fields included. */
    public static void one(JsonNode value, Parameter parameter, JsonPointer at, Issues issues) {
        if (parameter.type().accepts(value)) {
            inside(value, parameter, new Place.Known(at), issues);
        } else {
            issues.error(at, ValueIssue.WRONG_TYPE, mismatch(parameter.name(), parameter.type(), value));
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

    private static void all(JsonNode values, Map<String, Parameter> declared, Place at, String kind, Issues issues) {
        if (!values.isObject()) {
            issues.error(at.pointer(), ValueIssue.WRONG_TYPE, "an object is expected, found " + found(values));
            return;
        }
        int present = 0;
        for (Parameter parameter : declared.values()) {
            JsonNode value = values.get(parameter.name());
            if (value != null) {
                present++;
                member(value, parameter, at, issues);
            } else if (!parameter.optional() && parameter.defaultValue().isEmpty()) {
                String message = "the " + kind + " '" + parameter.name() + "' is required";
                issues.error(at.member(parameter.name()).pointer(), ValueIssue.MISSING, message);
            }
        }
        if (present < values.size()) {
            unknown(values, declared, at, kind, issues);
        }
    }

    private static void member(JsonNode value, Parameter parameter, Place object, Issues issues) {
        String name = parameter.name();
        if (!parameter.type().accepts(value)) {
            String message = mismatch(name, parameter.type(), value);
            issues.error(object.member(name).pointer(), ValueIssue.WRONG_TYPE, message);
        } else if (value.isContainerNode()) {
            inside(value, parameter, object.member(name), issues);
        }
    }

    /** Checks what a value of the right type holds. */
    private static void inside(JsonNode value, Parameter parameter, Place at, Issues issues) {
        if (value.isNull()) {
            return;
        }
        if (parameter.type().isList()) {
            elements(value, parameter, at, issues);
        } else if (parameter.type() == ValueType.OBJECT) {
            fields(value, parameter, at, issues);
        }
    }

    private static void elements(JsonNode list, Parameter parameter, Place at, Issues issues) {
        ValueType element = parameter.type().element().orElseThrow();
        for (int i = 0; i < list.size(); i++) {
            JsonNode value = list.get(i);
            if (!element.accepts(value)) {
                String message = mismatch(parameter.name(), element, value);
                issues.error(at.element(i).pointer(), ValueIssue.WRONG_TYPE, message);
            } else if (element == ValueType.OBJECT && !value.isNull()) {
                fields(value, parameter, at.element(i), issues);
            }
        }
    }

    private static void fields(JsonNode value, Parameter parameter, Place at, Issues issues) {
        if (!parameter.fields().isEmpty()) {
            all(value, parameter.fields(), at, "field", issues);
        }
    }

    private static void unknown(
            JsonNode values, Map<String, Parameter> declared, Place at, String kind, Issues issues) {
        for (Iterator<String> names = values.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!declared.containsKey(name)) {
                issues.error(
                        at.member(name).pointer(),
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
