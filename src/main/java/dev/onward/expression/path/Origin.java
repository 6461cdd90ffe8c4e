package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.tree.Source;

/** Where a path begins. Immutable and thread-safe. */
@FunctionalInterface
public interface Origin {

    JsonNode in(Evaluation evaluation);

    /** All data of a source. */
    static Origin data(Source source) {
        return evaluation -> evaluation.scope().data(source);
    }

    /** The element that a loop is at. */
    static Origin element(Source source) {
        return evaluation -> evaluation.element(source);
    }

    /** The properties of the journey. */
    static Origin properties() {
        return evaluation -> evaluation.scope().properties();
    }
}
