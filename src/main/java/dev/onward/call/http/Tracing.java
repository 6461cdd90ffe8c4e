package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallRequest;
import dev.onward.call.TraceParent;

/** Gives every attempt its place in a trace. Thread-safe. */
public interface Tracing {

    /**
     * Begins an attempt.
     *
     * @param number of the attempt, from 1
     */
    AttemptSpan begin(CallRequest request, int number);

    /** One attempt in its trace. Used on one thread at a time. */
    interface AttemptSpan {

        /** What the provider is told: the trace, and this attempt as the parent of what the provider does. */
        TraceParent place();

        /** The attempt is over; called once. */
        void end(AttemptEnd end);
    }
}
