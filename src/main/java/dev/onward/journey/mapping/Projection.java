package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.definition.Argument.FieldSource;
import dev.onward.value.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Picks the declared fields out of objects, at any depth: each from the field that is named for it, else from the one of
 * its own name. Where nothing is declared, everything stays. Immutable and thread-safe.
 *
 * @param fields in the order of their declaration; empty picks everything
 */
record Projection(List<Field> fields) {

    /** Leaves every value as it is. */
    static final Projection WHOLE = new Projection(List.of());

    Projection {
        fields = List.copyOf(fields);
    }

    /** One declared field. */
    record Field(String name, List<String> path, Projection inside) {}

    /**
     * The projection onto what a parameter declares.
     *
     * @param sources where its fields come from, when not from those of equal names
     */
    static Projection onto(Map<String, Parameter> declared, Map<String, FieldSource> sources) {
        List<Field> fields = new ArrayList<>();
        declared.forEach((name, parameter) -> {
            FieldSource source = sources.get(name);
            fields.add(
                    source == null
                            ? new Field(name, List.of(name), onto(parameter.fields(), Map.of()))
                            : new Field(name, source.path(), onto(parameter.fields(), source.fields())));
        });
        return fields.isEmpty() ? WHOLE : new Projection(fields);
    }

    /** The value with nothing but the declared fields; lists element by element, anything else as it is. */
    JsonNode of(JsonNode value) {
        if (fields.isEmpty()) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(element -> elements.add(of(element)));
            return elements;
        }
        return value.isObject() ? object(value) : value;
    }

    private ObjectNode object(JsonNode value) {
        ObjectNode picked = JsonNodeFactory.instance.objectNode();
        for (Field field : fields) {
            JsonNode at = value;
            for (String name : field.path()) {
                at = at.path(name);
            }
            if (!at.isMissingNode()) {
                picked.set(field.name(), field.inside().of(at));
            }
        }
        return picked;
    }
}
