package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.Issues;
import dev.onward.value.Shape;
import dev.onward.value.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Turns a sample into a template: what is named becomes a hole, everything else stays as it is. Used once. */
final class SampleTemplate {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<JsonPointer, String> names;
    private final Issues issues;
    private final ObjectNode parameters = JSON.objectNode();
    private final Deque<String> loopVariables = new ArrayDeque<>();

    SampleTemplate(Map<JsonPointer, String> names, Issues issues) {
        this.names = names;
        this.issues = issues;
    }

    /** The declarations of the holes that {@link #of} made. */
    ObjectNode parameters() {
        return parameters;
    }

    /**
     * The template of a sample.
     *
     * @param at where the sample stands in the request, for issues
     */
    JsonNode of(JsonNode sample, JsonPointer at) {
        return constant(sample, JsonPointer.empty(), at);
    }

    private JsonNode constant(JsonNode sample, JsonPointer path, JsonPointer at) {
        String name = names.get(path);
        if (name != null) {
            parameters.set(name, declaration(Shape.of(sample)));
            return hole(sample, name, at);
        }
        if (sample.isObject()) {
            ObjectNode template = JSON.objectNode();
            sample.properties().forEach(member -> {
                String key = checked(member.getKey(), at);
                template.set(key, constant(member.getValue(), path.appendProperty(key), at.appendProperty(key)));
            });
            return template;
        }
        if (sample.isArray()) {
            ArrayNode template = JSON.arrayNode();
            for (int i = 0; i < sample.size(); i++) {
                template.add(constant(sample.get(i), path.appendIndex(i), at.appendIndex(i)));
            }
            return template;
        }
        return sample.isTextual() ? TextNode.valueOf(sample.textValue().replace("${", "$${")) : sample;
    }

    /**
     * The hole for a whole value: a collection of objects is looped over, unless a path could not name its fields;
     * anything else is passed as it is.
     */
    private JsonNode hole(JsonNode sample, String path, JsonPointer at) {
        Shape shape = Shape.of(sample);
        boolean loops = shape.type() == ValueType.LIST_OBJECT
                && !shape.fields().isEmpty()
                && shape.fields().keySet().stream().noneMatch(SampleTemplate::breaksPlaceholder);
        return loops ? loop(sample, path, at) : TextNode.valueOf("${" + path + "}");
    }

    private static boolean breaksPlaceholder(String name) {
        return name.contains("}") || name.contains("${");
    }

    /** The first element that is no null shows the fields. */
    private ArrayNode loop(JsonNode list, String source, JsonPointer at) {
        int shown = 0;
        while (list.get(shown).isNull()) {
            shown++;
        }
        JsonPointer element = at.appendIndex(shown);
        String variable = loopVariable(source);
        loopVariables.push(variable);
        ObjectNode repeated = JSON.objectNode().put("$each", variable + " in " + source);
        list.get(shown).properties().forEach(field -> {
            String key = checked(field.getKey(), element);
            repeated.set(key, hole(field.getValue(), variable + "." + key, element.appendProperty(key)));
        });
        loopVariables.pop();
        return JSON.arrayNode().add(repeated);
    }

    /** The singular of the list's name, made unique. */
    private String loopVariable(String source) {
        String list = ParameterNames.legal(source.substring(source.lastIndexOf('.') + 1));
        String wanted = list.length() > 1 && list.endsWith("s") ? list.substring(0, list.length() - 1) : list + "Item";
        String name = wanted;
        for (int i = 2; loopVariables.contains(name) || names.containsValue(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    private ObjectNode declaration(Shape shape) {
        ObjectNode declaration = JSON.objectNode().put("type", shape.type().wireName());
        if (!shape.fields().isEmpty()) {
            ObjectNode fields = declaration.putObject("fields");
            shape.fields().forEach((name, field) -> fields.set(name, declaration(field)));
        }
        return declaration;
    }

    private String checked(String key, JsonPointer at) {
        if (key.isEmpty() || key.contains(".") || key.startsWith("$")) {
            String message = "a field's name must not be empty, hold a '.' or begin with '$'";
            issues.error(at.appendProperty(key), ActionIssue.NAME_INVALID, message);
        }
        return key;
    }
}
