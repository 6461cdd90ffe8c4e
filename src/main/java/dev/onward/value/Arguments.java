package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that were checked against the declared parameters, the only form that a template renders. A parameter without
 * an argument has its default, else null. Immutable as long as nobody changes the tree it was made from.
 */
public final class Arguments {

    /** Of an action without parameters. */
    public static final Arguments NONE = new Arguments(Map.of());

    private final Map<String, JsonNode> values;

    private Arguments(Map<String, JsonNode> values) {
        this.values = values;
    }

    /**
     * Checks values against the declared parameters.
     *
     * @param values an object, one member per argument; anything else is noted as a fault
     * @param at where it stands in the document that was sent
     * @return empty when an error was noted
     */
    public static Optional<Arguments> check(
            JsonNode values, Map<String, Parameter> declared, JsonPointer at, Issues issues) {
        TypeCheck.all(values, declared, at, "argument", issues);
        if (issues.hasErrors()) {
            return Optional.empty();
        }
        Map<String, JsonNode> checked = new LinkedHashMap<>();
        for (Parameter parameter : declared.values()) {
            JsonNode value = values.get(parameter.name());
            checked.put(
                    parameter.name(), value == null ? parameter.defaultValue().orElse(NullNode.instance) : value);
        }
        return Optional.of(new Arguments(checked));
    }

    /** The value of a declared parameter; a JSON null when there is none. */
    public JsonNode get(String parameter) {
        return values.getOrDefault(parameter, NullNode.instance);
    }
}
