package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Map;
import java.util.Optional;

/**
 * Values that were checked against the declared parameters, the only form that a template renders. A parameter without
 * an argument has its default, else null. Immutable as long as nobody changes the tree it was made from.
 */
public final class Arguments {

    /** Of an action without parameters. */
    public static final Arguments NONE = new Arguments(NullNode.instance, Map.of());

    private final JsonNode values;
    private final Map<String, Parameter> declared;

    private Arguments(JsonNode values, Map<String, Parameter> declared) {
        this.values = values;
        this.declared = declared;
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
        return issues.hasErrors() ? Optional.empty() : Optional.of(new Arguments(values, declared));
    }

    /** The value of a declared parameter; a JSON null when there is none. */
    public JsonNode get(String parameter) {
        JsonNode value = values.get(parameter);
        return value == null ? byDefault(parameter) : value;
    }

    private JsonNode byDefault(String parameter) {
        Parameter known = declared.get(parameter);
        return known == null ? NullNode.instance : known.defaultValue().orElse(NullNode.instance);
    }
}
