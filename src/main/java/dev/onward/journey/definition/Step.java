package dev.onward.journey.definition;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One activity of a journey. Immutable. */
public sealed interface Step {

    /** Unique within the journey. */
    String id();

    /** Where it stands in the journey's document. */
    JsonPointer at();

    /** The steps inside it, list by list. */
    default List<List<Step>> inner() {
        return List.of();
    }

    /**
     * Runs an action.
     *
     * @param actionVersion empty for the latest
     * @param path the dynamic part of the URL's path
     * @param arguments by parameter
     * @param onError what follows a call that did not succeed; empty when that ends the instance
     */
    record Act(
            String id,
            JsonPointer at,
            String action,
            OptionalInt actionVersion,
            Optional<ExpressionText> path,
            Map<String, Argument> arguments,
            OnError onError)
            implements Step {

        public Act {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }

        @Override
        public List<List<Step>> inner() {
            return onError instanceof OnError.Steps steps ? List.of(steps.steps()) : List.of();
        }
    }

    /** What follows a call that did not succeed. */
    sealed interface OnError {

        /** The instance ends, as in the model system. */
        record Ends() implements OnError {}

        /** {@code "continueOnError": true}: the next step, as after a success. */
        record GoesOn() implements OnError {}

        /** {@code "onError": […]}: these steps, then the next one. */
        record Steps(List<Step> steps) implements OnError {
            public Steps {
                steps = List.copyOf(steps);
            }
        }
    }

    /** Goes one way or the other; then behind the step. */
    record Choose(String id, JsonPointer at, ExpressionText condition, List<Step> then, List<Step> otherwise)
            implements Step {
        public Choose {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public List<List<Step>> inner() {
            return List.of(then, otherwise);
        }
    }

    /** Goes on later. */
    record Wait(String id, JsonPointer at, Duration duration) implements Step {}

    /** The instance ends here. */
    record End(String id, JsonPointer at) implements Step {}
}
