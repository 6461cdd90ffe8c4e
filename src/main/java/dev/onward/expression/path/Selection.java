package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import java.util.Optional;

/** The steps that choose elements of a collection by a condition. */
public final class Selection {

    private Selection() {}

    /** The elements for which the condition holds; all of them without one. */
    public static PathStep all(Optional<Condition> condition) {
        return (from, evaluation) -> {
            if (isNothing(from)) {
                return MissingNode.getInstance();
            }
            requireCollection("all", from);
            evaluation.requireListFits(from.size());
            return condition
                    .<JsonNode>map(each -> filter(from, each, evaluation))
                    .orElse(from);
        };
    }

    /** The first element for which the condition holds; the first of all without one. */
    public static PathStep first(Optional<Condition> condition) {
        return (from, evaluation) -> search("first", from, condition, evaluation, 1);
    }

    /** The last element for which the condition holds; the last of all without one. */
    public static PathStep last(Optional<Condition> condition) {
        return (from, evaluation) -> search("last", from, condition, evaluation, -1);
    }

    static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static void requireCollection(String step, JsonNode from) {
        if (!from.isArray()) {
            throw new Fault(
                    ExpressionIssueCode.WRONG_TYPE,
                    "`" + step + "` stands behind " + JsonKind.of(from) + "; a collection is allowed");
        }
    }

    private static ArrayNode filter(JsonNode collection, Condition condition, Evaluation evaluation) {
        ArrayNode matches = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : collection) {
            if (condition.holds(element, evaluation)) {
                matches.add(element);
            }
        }
        return matches;
    }

    private static JsonNode search(
            String step, JsonNode from, Optional<Condition> condition, Evaluation evaluation, int direction) {
        if (isNothing(from)) {
            return MissingNode.getInstance();
        }
        requireCollection(step, from);
        int start = direction > 0 ? 0 : from.size() - 1;
        for (int at = start; at >= 0 && at < from.size(); at += direction) {
            JsonNode element = from.get(at);
            if (condition.isEmpty() || condition.get().holds(element, evaluation)) {
                return element;
            }
        }
        return MissingNode.getInstance();
    }
}
