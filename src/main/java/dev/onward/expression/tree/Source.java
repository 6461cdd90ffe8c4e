package dev.onward.expression.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the data of a reference comes from. */
public enum Source {
    EVENT("@event", "currentEventField", "event"),
    DATA_SOURCE("#", "currentDataPackField", "dataSource"),
    ACTION("@action", "currentActionField", "action"),
    DATASET_LOOKUP("@datasetLookup", "currentDatasetLookupField", "datasetLookup");

    private final String prefix;
    private final String loopVariable;
    private final String contextKey;

    Source(String prefix, String loopVariable, String contextKey) {
        this.prefix = prefix;
        this.loopVariable = loopVariable;
        this.contextKey = contextKey;
    }

    /** What stands before the brace: {@code @event}. */
    public String prefix() {
        return prefix;
    }

    /** The name of the element inside a condition over a collection of this source. */
    public String loopVariable() {
        return loopVariable;
    }

    /** The name of this source's data in an evaluation request: {@code dataSource}. */
    public String contextKey() {
        return contextKey;
    }

    /** The source whose elements a loop variable stands for. */
    public static Optional<Source> ofLoopVariable(String name) {
        return Arrays.stream(values())
                .filter(source -> source.loopVariable.equals(name))
                .findFirst();
    }

    /** The names of all loop variables. */
    public static List<String> loopVariables() {
        return Arrays.stream(values()).map(Source::loopVariable).toList();
    }
}
