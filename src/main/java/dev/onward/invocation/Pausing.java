package dev.onward.invocation;

import dev.onward.sandbox.Sandbox;

/** Tells what is not to be called for now. Thread-safe; it never waits. */
public interface Pausing {

    /** Nothing is paused. */
    Pausing NOTHING = (sandbox, action, origin) -> false;

    /**
     * Whether calls of the action fail at once.
     *
     * @param origin scheme, host and port of the call
     */
    boolean isPaused(Sandbox sandbox, String action, String origin);
}
