package dev.onward.call;

import dev.onward.sandbox.Sandbox;

/** Tells where calls wait for their turns, so that whoever has them in a queue keeps their order. Thread-safe; never waits. */
public interface Pacing {

    /**
     * Whether calls to the origin may have to wait for their turns.
     *
     * @param origin as {@link OutboundRequest#origin} gives it
     * @return true also while it is not known
     */
    boolean isPaced(Sandbox sandbox, String origin);
}
