package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A declared hole of an action: its name, its type and what stands in when nobody gives a value.
 *
 * @param name matches {@link #NAME}
 * @param type its type
 * @param label what a marketer reads; empty when there is none
 * @param optional whether the argument may be missing
 * @param defaultValue stands in for a missing argument; of the parameter's type
 * @param fields for {@code object} and {@code listObject}: the declared fields in order; empty means any content
 */
public record Parameter(
        String name,
        ValueType type,
        Optional<String> label,
        boolean optional,
        Optional<JsonNode> defaultValue,
        Map<String, Parameter> fields) {

    public static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Parameter {
        if (!type.hasFields() && !fields.isEmpty()) {
            throw new IllegalArgumentException("only object and listObject have fields, not " + type.wireName());
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A required parameter without label, default and fields. */
    public static Parameter required(String name, ValueType type) {
        return new Parameter(name, type, Optional.empty(), false, Optional.empty(), Map.of());
    }
}
