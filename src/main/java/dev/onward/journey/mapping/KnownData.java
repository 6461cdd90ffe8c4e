package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.action.ActionDefinition;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Source;
import dev.onward.value.Shape;
import dev.onward.value.ValueType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the data that a journey's expressions see: the event's sample, and of each step that runs an action
 * which fields its response has. Immutable.
 *
 * @param event the name of the event
 * @param sample of its payload
 * @param shape of the sample; {@code any} when there is none
 * @param responses the fields of each step's response, by the step's id
 */
record KnownData(String event, Optional<JsonNode> sample, Shape shape, Map<String, Map<String, Shape>> responses) {

    static final String STATUS_CODE = "jo_status_code";
    static final String ERROR_RESPONSE = "errorResponse";
    static final String RESPONSE = "response";

    private static final Set<ValueType> NUMBERS = Set.of(ValueType.DECIMAL, ValueType.LIST_DECIMAL);

    static KnownData of(String event, Optional<JsonNode> sample, Map<String, Map<String, Shape>> responses) {
        Shape shape = sample.map(EventShape::of).orElse(new Shape.Scalar(ValueType.ANY));
        return new KnownData(event, sample, shape, responses);
    }

    /** The fields that an expression sees of a call's end: those of the samples, and how it ended. */
    static Map<String, Shape> response(ActionDefinition action) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        action.response().payload().ifPresent(shape -> {
            if (shape.type() == ValueType.OBJECT) {
                fields.putAll(shape.fields());
            } else {
                fields.put(RESPONSE, shape);
            }
        });
        action.response().headers().values().forEach(name -> fields.put(name, new Shape.Scalar(ValueType.STRING)));
        if (!action.errorResponse().isEmpty()) {
            Map<String, Shape> error = new LinkedHashMap<>();
            action.errorResponse().headers().values().forEach(name -> error.put(name, text()));
            Shape whole = action.errorResponse().payload().orElse(new Shape.Fields(Map.of()));
            error.putAll(whole.fields());
            fields.put(ERROR_RESPONSE, whole.type() == ValueType.OBJECT ? new Shape.Fields(error) : whole);
        }
        fields.put(STATUS_CODE, text());
        return fields;
    }

    /** What evaluation may rely on: the types of responses, which are picked by them. */
    Schema forEvaluation() {
        return schema(responseTypes());
    }

    /** What the author is told of: the sample's types too, numbers aside, which may have any form. */
    Schema forCheck() {
        Map<String, ValueType> types = responseTypes();
        declareSample(Source.EVENT.contextKey() + "." + event, shape, types);
        return schema(types);
    }

    /** What the samples show of all the data of a source. */
    Shown shown(Source source) {
        return switch (source) {
            case EVENT -> new Shown(Shown.Origin.EVENT, new Shape.Fields(Map.of(event, shape)));
            case ACTION -> {
                Map<String, Shape> steps = new HashMap<>();
                responses.forEach((step, fields) -> steps.put(step, new Shape.Fields(fields)));
                yield new Shown(Shown.Origin.RESPONSE, new Shape.Fields(steps));
            }
            case DATA_SOURCE, DATASET_LOOKUP -> Shown.NOTHING;
        };
    }

    private Schema schema(Map<String, ValueType> types) {
        Map<Source, JsonNode> samples = new HashMap<>();
        sample.ifPresent(payload ->
                samples.put(Source.EVENT, JsonNodeFactory.instance.objectNode().set(event, payload)));
        return Schema.of(types, samples);
    }

    private Map<String, ValueType> responseTypes() {
        Map<String, ValueType> types = new HashMap<>();
        responses.forEach((step, fields) -> fields.forEach(
                (name, shape) -> declare(Source.ACTION.contextKey() + "." + step + "." + name, shape, types)));
        return types;
    }

    private static void declare(String path, Shape shape, Map<String, ValueType> types) {
        types.put(path, shape.type());
        shape.fields().forEach((name, field) -> declare(path + "." + name, field, types));
    }

    private static void declareSample(String path, Shape shape, Map<String, ValueType> types) {
        if (!NUMBERS.contains(shape.type())) {
            types.put(path, shape.type());
        }
        shape.fields().forEach((name, field) -> {
            boolean canStandInPath = !name.isEmpty() && name.indexOf('.') < 0;
            if (canStandInPath) {
                declareSample(path + "." + name, field, types);
            }
        });
    }

    private static Shape text() {
        return new Shape.Scalar(ValueType.STRING);
    }
}
