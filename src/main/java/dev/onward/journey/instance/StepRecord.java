package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What is kept of one step of an instance. Its number names it: written twice it is the same.
 *
 * @param number within the instance, from 0
 * @param status {@code ended}, {@code transitions}, {@code error}, {@code timedout}, {@code capped} …
 * @param fields the others, by the names of the model system's step events
 */
public record StepRecord(int number, Instant at, String stepId, String status, ObjectNode fields) {

    /** Whether the step's call, or the instance, came to the end of its time. */
    public boolean isTimedOut() {
        return status.equals(StepFields.TIMED_OUT) || status.equals(StepFields.INSTANCE_TIMED_OUT);
    }
}
