package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.journey.mapping.Route;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be rehearsed.
 *
 * @param mode whether providers are called
 * @param event who comes in and with what
 * @param mocks what providers answer instead, by the id of a step; in a dry rehearsal only
 */
record RehearsalRequest(Mode mode, Event event, Map<String, Mock> mocks) {

    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;

    /** Whether providers are called. */
    enum Mode {
        DRY,
        REAL;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An event that nobody sent.
     *
     * @param payload an object
     * @param profile an object
     */
    record Event(Optional<String> profileId, JsonNode payload, JsonNode profile) {}

    /** What a provider answers. */
    record Mock(int status, Optional<JsonNode> body) {}

    /**
     * Reads a request.
     *
     * @param steps the ids of the journey's steps that run an action
     * @throws dev.onward.value.InvalidException with every fault
     */
    static RehearsalRequest read(JsonNode document, Set<String> steps) {
        Issues issues = new Issues();
        Optional<RehearsalRequest> request =
                MemberReader.of(document, JsonPointer.empty(), issues).flatMap(reader -> request(reader, steps));
        issues.throwIfErrors();
        return request.orElseThrow();
    }

    private static Optional<RehearsalRequest> request(MemberReader reader, Set<String> steps) {
        Mode mode = reader.oneOf("mode", Mode.values(), Mode::wireName).orElse(Mode.DRY);
        Optional<Event> event = reader.requireObject("event").map(RehearsalRequest::event);
        Map<String, Mock> mocks =
                reader.object("mocks").map(each -> mocks(each, steps)).orElse(Map.of());
        if (mode == Mode.REAL && !mocks.isEmpty()) {
            reader.issues()
                    .error(
                            reader.at("mocks"),
                            ValueIssue.NOT_ALLOWED,
                            "with 'mode' real the providers answer themselves");
        }
        reader.finish();
        return event.map(read -> new RehearsalRequest(mode, read, mocks));
    }

    private static Event event(MemberReader reader) {
        reader.string("eventId");
        reader.string("name");
        Optional<String> profileId = reader.string("profileId");
        profileId.filter(id -> !Route.isProfileId(id)).ifPresent(id -> {
            String message = "'profileId' must have 1 to " + Route.MAX_PROFILE_ID + " characters, found " + id.length();
            reader.issues().error(reader.at("profileId"), ValueIssue.OUT_OF_RANGE, message);
        });
        Event event = new Event(profileId, object(reader, "payload"), object(reader, "profile"));
        reader.finish();
        return event;
    }

    private static JsonNode object(MemberReader reader, String member) {
        JsonNode value = reader.any(member).orElseGet(JsonNodeFactory.instance::objectNode);
        if (!value.isObject()) {
            reader.issues().error(reader.at(member), ValueIssue.WRONG_TYPE, "'" + member + "' must be an object");
        }
        return value;
    }

    private static Map<String, Mock> mocks(MemberReader reader, Set<String> steps) {
        Map<String, Mock> mocks = new LinkedHashMap<>();
        for (String step : reader.names()) {
            if (!steps.contains(step)) {
                String message = "there is no step with an action of this id; there are " + steps;
                reader.issues().error(reader.at(step), ValueIssue.UNKNOWN_MEMBER, message);
            }
            reader.object(step).ifPresent(each -> mocks.put(step, mock(each)));
        }
        return mocks;
    }

    private static Mock mock(MemberReader reader) {
        int status = reader.integer("status", MIN_STATUS, MAX_STATUS).orElse(200);
        Optional<JsonNode> body = reader.any("body");
        reader.finish();
        return new Mock(status, body);
    }
}
