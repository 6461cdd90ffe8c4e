package dev.onward.journey.instance;

import dev.onward.call.ProfileEraser;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Erases a person from journeys: who is inside leaves, and of what they went through stay the steps and their times. After
 * the events that would bring them in again, and before the calls: the end of a call moves nobody on any more then. Blocking, thread-safe.
 */
@ApplicationScoped
@Priority(100)
class InstanceEraser implements ProfileEraser {

    private final Database database;
    private final Clock clock;

    InstanceEraser(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void erase(Sandbox sandbox, String profileId) {
        String stored = StoredText.escape(profileId);
        database.jdbi().useTransaction(handle -> {
            handle.execute("""
                    UPDATE onward.journey_instance
                    SET ending = CASE state WHEN 'ended' THEN ending ELSE 'erased' END,
                        ended_at = coalesce(ended_at, ?), state = 'ended', due_at = NULL, profile_id = '', event_id = NULL,
                        data = ?
                    WHERE sandbox = ? AND profile_id = ?""", InstanceRow.stored(clock.instant()), InstanceData.NOTHING, sandbox.name(), stored);
            handle.execute("""
                    DELETE FROM onward.journey_entrance e USING onward.journey j
                    WHERE j.id = e.journey_id AND j.sandbox = ? AND e.profile_id = ?""", sandbox.name(), stored);
            handle.execute(
                    "UPDATE onward.step_event SET profile_id = '', record = '{}' WHERE sandbox = ? AND profile_id = ?",
                    sandbox.name(),
                    stored);
        });
    }
}
