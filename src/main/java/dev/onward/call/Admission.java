package dev.onward.call;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What stands between a call and the network: it lets calls and their attempts begin, holds them back or refuses them. A
 * call belongs to the host of its action's endpoint, and the hops of a redirect, wherever they lead, belong to their
 * call: no provider can make state here with names of its own. Thread-safe; callable from an event loop: it never waits.
 */
public interface Admission {

    /**
     * Asks for a call to begin. Exactly one of the two hears, once: inside this method, or later on any thread.
     *
     * @param admitted takes the pass of the call, which must be given back with {@link Pass#leave}
     * @param refused hears how the call ends; nothing was sent
     */
    void admit(CallRequest request, Consumer<Pass> admitted, Consumer<Outcome> refused);

    /** One admitted call. Its methods are called one after another, never two at a time. */
    interface Pass extends Departure {

        /**
         * Asks for an attempt. One that may go is told to {@link #afterAttempt}.
         *
         * @param remaining of the call's window
         */
        Permit beforeAttempt(Duration remaining);

        /** Whether a throttling is for the call's endpoint. */
        default boolean isThrottled() {
            return false;
        }

        /** Tells that the call waits for something else before it asks for an attempt: others need not wait for it. */
        default void waits() {}

        /** Tells how the attempt ended. */
        void afterAttempt(AttemptEnd end);

        /** Asks, after a failed attempt, for a retry: it is under way from now until its end is told. */
        boolean tryRetry();

        /** The call is over, also when a bug ended it. Repeatable; only the first time counts. */
        void leave();
    }
}
