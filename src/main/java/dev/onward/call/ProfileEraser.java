package dev.onward.call;

import dev.onward.sandbox.Sandbox;

/** A feature that keeps data of a profile and can forget it. Every implementation is asked when a person is erased. */
public interface ProfileEraser {

    /** Removes all that is kept of the profile in the sandbox. Blocking; repeatable. */
    void erase(Sandbox sandbox, String profileId);
}
