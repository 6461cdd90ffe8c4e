package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.onward.expression.evaluation.Evaluation;

/**
 * A member of an object. Over a collection it is the list of every element's member, with a null for an element that
 * lacks it; members that are lists themselves become one list.
 */
public record FieldStep(String name) implements PathStep {

    @Override
    public JsonNode walk(JsonNode from, Evaluation evaluation) {
        if (from.isArray()) {
            return project(from, evaluation);
        }
        JsonNode member = from.get(name);
        return member == null ? MissingNode.getInstance() : member;
    }

    private JsonNode project(JsonNode collection, Evaluation evaluation) {
        evaluation.charge(collection.size());
        ArrayNode members = JsonNodeFactory.instance.arrayNode(collection.size());
        for (JsonNode element : collection) {
            JsonNode member = walk(element, evaluation);
            if (member.isArray()) {
                evaluation.reserveList(member.size());
                evaluation.requireListFits((long) members.size() + member.size());
                members.addAll((ArrayNode) member);
            } else {
                members.add(member.isMissingNode() ? NullNode.getInstance() : member);
            }
        }
        evaluation.requireListFits(members.size());
        return members;
    }
}
