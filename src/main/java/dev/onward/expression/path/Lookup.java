package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.Value;
import java.util.Iterator;

/** The steps that look one thing up: by index in a collection, by key in a map. */
public final class Lookup {

    private Lookup() {}

    /** One element, counted from zero; nothing where there is none. Every value of the index is an integer or null. */
    public static PathStep at(Evaluator index) {
        return (from, evaluation) -> {
            Value value = index.evaluate(evaluation);
            if (Selection.isNothing(from) || value.isNull()) {
                return MissingNode.getInstance();
            }
            Selection.requireCollection("at", from);
            long position = ((IntegerValue) value).number();
            boolean isThere = position >= 0 && position < from.size();
            return isThere ? from.path((int) position) : MissingNode.getInstance();
        };
    }

    /** The value of one key of a map. Every value of the key is a string or null. */
    public static PathStep entry(Evaluator key) {
        return (from, evaluation) -> {
            Value value = key.evaluate(evaluation);
            return value.isNull() ? MissingNode.getInstance() : new FieldStep(value.text()).walk(from, evaluation);
        };
    }

    /** The first key of a map. */
    public static PathStep firstEntryKey() {
        return (from, evaluation) -> {
            Iterator<String> names = names("firstEntryKey", from);
            return names.hasNext() ? TextNode.valueOf(names.next()) : MissingNode.getInstance();
        };
    }

    /** The keys of a map, in its order. */
    public static PathStep keys() {
        return (from, evaluation) -> Selection.isNothing(from) ? MissingNode.getInstance() : keys(from, evaluation);
    }

    private static JsonNode keys(JsonNode map, Evaluation evaluation) {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        names("keys", map).forEachRemaining(keys::add);
        evaluation.reserveList(keys.size());
        return keys;
    }

    private static Iterator<String> names(String step, JsonNode from) {
        if (from.isObject() || Selection.isNothing(from)) {
            return from.fieldNames();
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "`" + step + "` stands behind " + JsonKind.of(from) + "; a map is allowed");
    }
}
