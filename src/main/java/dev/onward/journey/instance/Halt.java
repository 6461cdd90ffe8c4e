package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.mapping.Stop;
import java.time.Instant;
import java.util.Optional;

/** Where a walk stops, and for what. */
public sealed interface Halt {

    /** The id of the step that it stands at. */
    String step();

    /** The call that is to be made. */
    default Optional<Calls> call() {
        return Optional.empty();
    }

    /** The end that was reached. */
    default Optional<Ended> end() {
        return Optional.empty();
    }

    /** Gives what the visitor gives for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Something to do with each kind of halt. */
    interface Visitor<R> {

        R calls(Calls call);

        R waits(Waits wait);

        R held(Held held);

        R ended(Ended end);
    }

    /**
     * A call is to be made.
     *
     * @param invocation its document
     */
    record Calls(Stop.Act act, ObjectNode invocation) implements Halt {
        @Override
        public String step() {
            return act.id();
        }

        @Override
        public Optional<Calls> call() {
            return Optional.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.calls(this);
        }
    }

    /** It goes on at a time. */
    record Waits(String step, Instant until) implements Halt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.waits(this);
        }
    }

    /** It goes on, with the same step, when its journey does. */
    record Held(String step) implements Halt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.held(this);
        }
    }

    /** It has ended. */
    record Ended(String step, Ending ending) implements Halt {
        @Override
        public Optional<Ended> end() {
            return Optional.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.ended(this);
        }
    }
}
