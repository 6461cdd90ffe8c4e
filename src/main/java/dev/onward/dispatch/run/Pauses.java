package dev.onward.dispatch.run;

import dev.onward.dispatch.store.Lane.Host;
import dev.onward.sandbox.Sandbox;

/** What is not to be called for now. Thread-safe; it never waits. */
public interface Pauses {

    /** Whether the action is paused. */
    boolean isPaused(Sandbox sandbox, String action);

    /** Whether the host is paused. */
    boolean isPaused(Host host);
}
