package dev.onward.access;

import dev.onward.sandbox.Sandbox;

/** Who sent the request that is being answered, and the sandbox that it works in. One per request. */
public interface Caller {

    /** The sandbox that the request names. */
    Sandbox sandbox();

    /** The id of the API key that came with the request. */
    String keyId();

    /**
     * Whether the key has the role.
     *
     * @param role one of {@code viewer}, {@code invoker}, {@code author}, {@code admin}
     */
    boolean has(String role);

    /** Whether the log shows this caller only the calls that its own key asked for. */
    boolean readsOnlyOwnCalls();
}
