package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.Expression;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.tree.Source;
import dev.onward.journey.definition.Reentry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A compiled journey. Immutable and thread-safe.
 *
 * @param description for people, may be empty
 * @param event the name of the event that brings profiles in
 * @param profileId gives the profile's id; empty for the event's own
 * @param condition which events count
 * @param reentry whether a profile may come again
 * @param stops its steps, compiled
 * @param first the number of the first
 * @param groups the field groups by which expressions read the profile
 */
public record Route(
        String description,
        String event,
        Optional<Expression> profileId,
        Optional<Expression> condition,
        Reentry reentry,
        List<Stop> stops,
        int first,
        Set<String> groups) {

    /** Follows the last step: the instance ends well. */
    public static final int ARRIVED = -1;

    /** Follows a call that failed and is not caught: the instance ends with an error. */
    public static final int FAILED = -2;

    /** Characters of a profile's id. */
    public static final int MAX_PROFILE_ID = 255;

    static final String PLATFORM = "ExperiencePlatform";
    static final String PROFILE = "profile";

    public Route {
        stops = List.copyOf(stops);
        groups = Set.copyOf(groups);
    }

    /** A stop by its number. */
    public Stop stop(int number) {
        return stops.get(number);
    }

    /** The number of the stop of a step; empty when there is none. */
    public OptionalInt find(String stepId) {
        for (int i = 0; i < stops.size(); i++) {
            if (stops.get(i).id().equals(stepId)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Whom an event is about.
     *
     * @param own the profile's id that stands in the event itself
     * @return empty when there is none, or when it is no text of 1 to {@value #MAX_PROFILE_ID} characters and no number
     * @throws dev.onward.expression.issue.ExpressionException when the expression has no value
     */
    public Optional<String> profileId(Optional<String> own, Scope scope, RandomGenerator random) {
        if (profileId.isEmpty()) {
            return own;
        }
        JsonNode value = profileId.get().evaluate(scope, random).json();
        return value.isTextual() || value.isNumber()
                ? Optional.of(value.asText()).filter(Route::isProfileId)
                : Optional.empty();
    }

    /** Whether a text may name a profile. */
    public static boolean isProfileId(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= MAX_PROFILE_ID;
    }

    /**
     * Whether an event counts; a condition that is null counts as false.
     *
     * @throws dev.onward.expression.issue.ExpressionException when the condition gives no boolean
     */
    public boolean admits(Scope scope, RandomGenerator random) {
        return condition.map(each -> each.holds(scope, random)).orElse(true);
    }

    /**
     * What the expressions see.
     *
     * @param payload of the event
     * @param profile a snapshot
     * @param actions by step what its call gave
     * @param properties of the journey
     */
    public Scope scope(JsonNode payload, JsonNode profile, JsonNode actions, JsonNode properties, Instant now) {
        Map<Source, JsonNode> data = new EnumMap<>(Source.class);
        data.put(Source.EVENT, JsonNodeFactory.instance.objectNode().set(event, payload));
        data.put(Source.DATA_SOURCE, profile(profile));
        data.put(Source.ACTION, actions);
        return new Scope(data, Map.of(), properties, now);
    }

    private JsonNode profile(JsonNode profile) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        ObjectNode platform = source.putObject(PLATFORM);
        groups.forEach(group -> platform.putObject(group).set(PROFILE, profile));
        return source;
    }
}
