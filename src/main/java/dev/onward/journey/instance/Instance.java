package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.sandbox.Sandbox;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One profile's way through a version of a journey.
 *
 * @param run the audience run that it came in with; empty for an event
 * @param steps how many of its steps are recorded
 */
public record Instance(
        UUID id,
        Sandbox sandbox,
        JourneyVersion journey,
        String profileId,
        Instant startedAt,
        Optional<UUID> run,
        int steps,
        InstanceData data) {

    /** Which version of which journey. */
    public record JourneyVersion(UUID id, String name, int version) {}

    /** The same without what it has collected. */
    Instance emptied() {
        InstanceData nothing =
                InstanceData.of(JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
        return new Instance(id, sandbox, journey, profileId, startedAt, run, steps, nothing);
    }

    /** The same with other data. */
    Instance with(InstanceData other) {
        return new Instance(id, sandbox, journey, profileId, startedAt, run, steps, other);
    }

    /** The same after a step was recorded. */
    Instance after(InstanceData next) {
        return new Instance(id, sandbox, journey, profileId, startedAt, run, steps + 1, next);
    }
}
