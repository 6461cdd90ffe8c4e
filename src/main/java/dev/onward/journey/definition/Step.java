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

    /** The step itself when it runs an action. */
    default Optional<Act> act() {
        return Optional.empty();
    }

    /** Whether nothing can come behind it. */
    default boolean isEnd() {
        return false;
    }

    /** Gives what the visitor gives for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Something to do with each kind of step. */
    interface Visitor<R> {

        R act(Act act);

        R choose(Choose choose);

        R pause(Wait wait);

        R end(End end);
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
            return List.of(onError.steps());
        }

        @Override
        public Optional<Act> act() {
            return Optional.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.act(this);
        }
    }

    /** What follows a call that did not succeed. */
    sealed interface OnError {

        /** Whether the instance goes on: with {@link #steps}, then with the next step. */
        boolean isCaught();

        /** What comes before the next step. */
        List<Step> steps();

        /** The instance ends, as in the model system. */
        record Ends() implements OnError {
            @Override
            public boolean isCaught() {
                return false;
            }

            @Override
            public List<Step> steps() {
                return List.of();
            }
        }

        /** {@code "continueOnError": true}: the next step, as after a success. */
        record GoesOn() implements OnError {
            @Override
            public boolean isCaught() {
                return true;
            }

            @Override
            public List<Step> steps() {
                return List.of();
            }
        }

        /** {@code "onError": […]}: these steps, then the next one. */
        record Steps(List<Step> steps) implements OnError {
            public Steps {
                steps = List.copyOf(steps);
            }

            @Override
            public boolean isCaught() {
                return true;
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

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choose(this);
        }
    }

    /** Goes on later. */
    record Wait(String id, JsonPointer at, Duration duration) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pause(this);
        }
    }

    /** The instance ends here. */
    record End(String id, JsonPointer at) implements Step {
        @Override
        public boolean isEnd() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.end(this);
        }
    }
}
