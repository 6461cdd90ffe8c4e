package dev.onward.journey.entry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import dev.onward.value.TypeCheck;
import dev.onward.value.ValueIssue;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param id names it: one that comes again is ignored
 * @param name which kind
 * @param profileId whom it is about, if it says so
 * @param payload JSON text of an object
 * @param profile JSON text of an object: a snapshot of the person's data
 */
record Event(String id, String name, Optional<String> profileId, String payload, String profile) {

    private static final int MAX_ID = 255;

    /** What a row takes beside its texts. */
    private static final int ROW_BYTES = 100;

    /** About what it takes in the queue. */
    int bytes() {
        return ROW_BYTES + payload.length() + profile.length();
    }

    /**
     * Reads an event.
     *
     * @throws dev.onward.value.InvalidException with every fault
     */
    static Event read(JsonNode document) {
        Issues issues = new Issues();
        Optional<Event> event =
                MemberReader.of(document, JsonPointer.empty(), issues).flatMap(Event::read);
        issues.throwIfErrors();
        return event.orElseThrow();
    }

    private static Optional<Event> read(MemberReader reader) {
        Optional<String> id = reader.require("eventId", text(reader, "eventId"));
        Optional<String> name = reader.require("name", reader.string("name", JourneyReader.EVENT_NAME));
        Optional<String> profileId = text(reader, "profileId");
        String payload = object(reader, "payload");
        String profile = object(reader, "profile");
        reader.finish();
        return id.isPresent() && name.isPresent()
                ? Optional.of(new Event(id.get(), name.get(), profileId, payload, profile))
                : Optional.empty();
    }

    static Optional<String> text(MemberReader reader, String member) {
        return reader.string(member).filter(text -> {
            int length = text.codePointCount(0, text.length());
            boolean fits = length >= 1 && length <= MAX_ID;
            if (!fits) {
                String message = "'" + member + "' must have 1 to " + MAX_ID + " characters, found " + length;
                reader.issues().error(reader.at(member), ValueIssue.OUT_OF_RANGE, message);
            }
            return fits;
        });
    }

    static String object(MemberReader reader, String member) {
        JsonNode value = reader.any(member).orElseGet(JsonNodeFactory.instance::objectNode);
        if (!value.isObject()) {
            String message = "'" + member + "' must be an object, found " + TypeCheck.found(value);
            reader.issues().error(reader.at(member), ValueIssue.WRONG_TYPE, message);
        }
        return JsonBuffer.textOf(value);
    }
}
