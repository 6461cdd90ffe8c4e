package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;

/** One step of a path at evaluation. Immutable and thread-safe. */
@FunctionalInterface
public interface PathStep {

    /**
     * What the step leads to; a missing node when it leads nowhere.
     *
     * @param from never changed
     */
    JsonNode walk(JsonNode from, Evaluation evaluation);
}
