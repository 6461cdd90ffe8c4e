package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Times;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An audience on its way into a journey.
 *
 * @param journey id, name and version that its profiles come into
 * @param state {@code running}, {@code paused}, {@code cancelled} or {@code ended}
 * @param upload how far its profiles are stored
 */
record AudienceRun(
        UUID id,
        Sandbox sandbox,
        Journey journey,
        String state,
        UploadState upload,
        int perSecond,
        Instant startedAt,
        Optional<Instant> endedAt,
        Counts counts) {

    /** Which version of which journey. */
    record Journey(UUID id, String name, int version) {}

    /**
     * How many profiles came to what.
     *
     * @param accepted stored
     * @param inside were in the journey already
     * @param tooSoon were in it too short a time ago
     * @param others did not satisfy its condition, or the journey had ended
     */
    record Counts(long accepted, long begun, long inside, long tooSoon, long others) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        long read() {
            return begun + inside + tooSoon + others;
        }
    }

    /** @param endings how many instances of it ended how, and how many are on their way */
    ObjectNode json(Map<String, Long> endings) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("runId", id.toString())
                .put("journey", journey.name())
                .put("journeyVersion", journey.version())
                .put("state", state)
                .put("upload", upload.wireName())
                .put("loaded", upload == UploadState.COMPLETE)
                .put("profilesPerSecond", perSecond)
                .put("startedAt", Times.text(startedAt));
        endedAt.ifPresent(at -> json.put("endedAt", Times.text(at)));
        json.put("accepted", counts.accepted())
                .put("read", counts.read())
                .put("begun", counts.begun())
                .put("alreadyInJourney", counts.inside())
                .put("reenteredTooSoon", counts.tooSoon())
                .put("notAdmitted", counts.others());
        ObjectNode instances = json.putObject("instances");
        endings.forEach(instances::put);
        return json;
    }
}
