package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.mapping.Stop;
import java.time.Instant;

/** Where a walk stops, and for what. */
public sealed interface Halt {

    /** The id of the step that it stands at. */
    String step();

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
    }

    /** It goes on at a time. */
    record Waits(String step, Instant until) implements Halt {}

    /** It goes on, with the same step, when its journey does. */
    record Held(String step) implements Halt {}

    /** It has ended. */
    record Ended(String step, Ending ending) implements Halt {}
}
