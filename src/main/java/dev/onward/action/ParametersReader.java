package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.Parameter;
import dev.onward.value.TypeCheck;
import dev.onward.value.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code parameters} of a definition, and {@code fields} of a parameter, which have the same form. */
final class ParametersReader {

    private ParametersReader() {}

    /** The parameters in the order of their declaration; faulty ones are left out. */
    static Map<String, Parameter> parameters(MemberReader reader) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : reader.names()) {
            if (!Parameter.NAME.matcher(name).matches()) {
                String message = "a parameter's name must match " + Parameter.NAME.pattern();
                reader.issues().error(reader.at(name), ActionIssue.NAME_INVALID, message);
            }
            parameter(reader, name).ifPresent(parameter -> parameters.put(name, parameter));
        }
        return parameters;
    }

    private static Map<String, Parameter> fields(MemberReader reader) {
        Map<String, Parameter> fields = new LinkedHashMap<>();
        for (String name : reader.names()) {
            if (name.isEmpty() || name.startsWith("$") || name.contains(".")) {
                String message = "a field's name must not be empty, hold a '.' or begin with '$'";
                reader.issues().error(reader.at(name), ActionIssue.NAME_INVALID, message);
            }
            parameter(reader, name).ifPresent(field -> fields.put(name, field));
        }
        return fields;
    }

    private static Optional<Parameter> parameter(MemberReader parent, String name) {
        Optional<MemberReader> declared = parent.requireObject(name);
        return declared.flatMap(reader -> {
            Optional<ValueType> type =
                    reader.require("type", reader.oneOf("type", ValueType.values(), ValueType::wireName));
            Optional<String> label = reader.string("label");
            boolean optional = reader.bool("optional").orElse(false);
            Optional<JsonNode> defaultValue = reader.any("default");
            Map<String, Parameter> fields =
                    reader.object("fields").map(ParametersReader::fields).orElse(Map.of());
            reader.finish();
            return type.map(known -> {
                Map<String, Parameter> allowed = allowedFields(reader, known, fields);
                Parameter parameter = new Parameter(name, known, label, optional, defaultValue, allowed);
                defaultValue.ifPresent(value -> checkDefault(reader, parameter, value));
                return parameter;
            });
        });
    }

    private static Map<String, Parameter> allowedFields(
            MemberReader reader, ValueType type, Map<String, Parameter> fields) {
        if (type.hasFields() || fields.isEmpty()) {
            return fields;
        }
        String message = "only object and listObject have fields, not " + type.wireName();
        reader.issues().error(reader.at("fields"), ActionIssue.FIELDS_NOT_ALLOWED, message);
        return Map.of();
    }

    private static void checkDefault(MemberReader reader, Parameter parameter, JsonNode value) {
        Issues faults = new Issues();
        TypeCheck.one(value, parameter, reader.at("default"), faults);
        for (Issue fault : faults.errors()) {
            reader.issues().error(fault.pointer(), ActionIssue.DEFAULT_INVALID, fault.message());
        }
    }
}
