package dev.onward.action;

import dev.onward.sandbox.Sandbox;
import org.jdbi.v3.core.Handle;

/** Ends what goes with an action when it is deleted. Blocking, thread-safe. */
public interface DeletionListener {

    /**
     * The action is being deleted.
     *
     * @param handle of the transaction that deletes it; when this throws, the action stays
     */
    void deleted(Handle handle, Sandbox sandbox, String name);
}
