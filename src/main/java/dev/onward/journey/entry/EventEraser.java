package dev.onward.journey.entry;

import dev.onward.call.ProfileEraser;
import dev.onward.sandbox.Sandbox;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets the events of a profile, wherever they are. Thread-safe. */
@ApplicationScoped
@Priority(200)
class EventEraser implements ProfileEraser {

    private final EventStore waiting;
    private final TroubledEvents setAside;

    EventEraser(EventStore waiting, TroubledEvents setAside) {
        this.waiting = waiting;
        this.setAside = setAside;
    }

    /** One may be set aside, or taken up again, meanwhile. */
    @Override
    public void erase(Sandbox sandbox, String profileId) {
        waiting.erase(sandbox, profileId);
        setAside.erase(sandbox, profileId);
        waiting.erase(sandbox, profileId);
    }
}
