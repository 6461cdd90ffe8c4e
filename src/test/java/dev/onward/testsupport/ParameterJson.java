package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Parameter;
import dev.onward.value.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads parameters as an action declares them, for case tables; a faulty declaration throws. */
public final class ParameterJson {

    private ParameterJson() {}

    /**
     * The parameters by name, in the order of their declaration.
     *
     * @param declared an object, one member per parameter; a missing node declares none
     */
    public static Map<String, Parameter> read(JsonNode declared) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        declared.properties()
                .forEach(member -> parameters.put(member.getKey(), parameter(member.getKey(), member.getValue())));
        return parameters;
    }

    private static Parameter parameter(String name, JsonNode body) {
        ValueType type = ValueType.of(body.path("type").asText()).orElseThrow();
        return new Parameter(
                name,
                type,
                Optional.empty(),
                body.path("optional").asBoolean(),
                Optional.ofNullable(body.get("default")),
                read(body.path("fields")));
    }
}
