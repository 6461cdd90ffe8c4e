package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.onward.expression.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;

/**
 * A member of an object. Over a collection it is the list of every element's member, with a null for an element that
 * lacks it; members that are lists themselves become one list, to which an element that lacks its own adds nothing.
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
        List<JsonNode> found = new ArrayList<>(collection.size());
        boolean hasLists = false;
        for (JsonNode element : collection) {
            JsonNode member = walk(element, evaluation);
            found.add(member);
            hasLists |= member.isArray();
        }
        evaluation.requireListFits(found.size());
        return hasLists ? flat(found, evaluation) : nullable(found);
    }

    private static JsonNode nullable(List<JsonNode> members) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(members.size());
        members.forEach(member -> list.add(member.isMissingNode() ? NullNode.getInstance() : member));
        return list;
    }

    private static JsonNode flat(List<JsonNode> members, Evaluation evaluation) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode member : members) {
            if (member.isArray()) {
                evaluation.reserveList(member.size());
                evaluation.requireListFits((long) list.size() + member.size());
                list.addAll((ArrayNode) member);
            } else if (!Selection.isNothing(member)) {
                list.add(member);
            }
        }
        evaluation.requireListFits(list.size());
        return list;
    }
}
