package dev.onward.journey.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the document of a journey. */
public final class JourneyReader {

    /** What a journey may be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,100}");

    /** What an event may be called: expressions name it. */
    public static final Pattern EVENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    /** Members that only answers show. */
    private static final Set<String> ONLY_SHOWN = Set.of(
            "version",
            "state",
            "liveVersion",
            "publishable",
            "warnings",
            "createdAt",
            "createdBy",
            "publishedAt",
            "publishedBy");

    private static final int MAX_STEPS = 200;

    private JourneyReader() {}

    /**
     * The journey; empty when it has faults, which are noted.
     *
     * @param document an object
     */
    public static Optional<JourneyDefinition> read(JsonNode document, Issues issues) {
        return MemberReader.of(document, JsonPointer.empty(), issues)
                .flatMap(reader -> journey(reader, document))
                .filter(read -> !issues.hasErrors());
    }

    private static Optional<JourneyDefinition> journey(MemberReader reader, JsonNode document) {
        Optional<String> name = reader.require("name", reader.string("name", NAME));
        String description = reader.string("description").orElse("");
        Optional<Entry> entry = reader.requireObject("entry").flatMap(JourneyReader::entry);
        Optional<Duration> timeout = reader.duration("timeout", Duration.ofSeconds(1), Duration.ofSeconds(30));
        List<Step> steps = reader.require("steps", reader.array("steps"))
                .map(array -> new StepsReader(reader.issues()).read(array, reader.at("steps")))
                .orElse(List.of());
        reader.ignore(ONLY_SHOWN);
        reader.finish();
        if (name.isEmpty() || entry.isEmpty()) {
            return Optional.empty();
        }
        JourneyDefinition definition =
                new JourneyDefinition(name.get(), description, entry.get(), timeout, steps, definition(document));
        checkSteps(definition, reader.issues());
        return Optional.of(definition);
    }

    private static Optional<Entry> entry(MemberReader reader) {
        Optional<String> event = reader.require("event", reader.string("event", EVENT_NAME));
        Optional<ExpressionText> profileId = text(reader, "profileId");
        Optional<ExpressionText> condition = text(reader, "condition");
        Reentry reentry = reader.object("reentry").map(JourneyReader::reentry).orElse(Reentry.DEFAULT);
        reader.finish();
        return event.map(name -> new Entry(name, profileId, condition, reentry));
    }

    private static Reentry reentry(MemberReader reader) {
        boolean isAllowed = reader.bool("allowed").orElse(true);
        Duration after =
                reader.duration("after", Duration.ZERO, Reentry.LONGEST).orElse(Reentry.DEFAULT.after());
        reader.finish();
        return new Reentry(isAllowed, after);
    }

    static Optional<ExpressionText> text(MemberReader reader, String member) {
        return reader.string(member).map(source -> new ExpressionText(source, reader.at(member)));
    }

    private static void checkSteps(JourneyDefinition definition, Issues issues) {
        List<Step> all = definition.allSteps();
        if (all.size() > MAX_STEPS) {
            String message = "a journey has at most " + MAX_STEPS + " steps, found " + all.size();
            issues.error(JsonPointer.compile("/steps"), JourneyIssue.TOO_MANY_STEPS, message);
        }
        Map<String, Step> seen = new HashMap<>();
        for (Step step : all) {
            Step first = seen.putIfAbsent(step.id(), step);
            if (first != null) {
                String message = "the step at " + first.at() + " has this id already; an id stands once in a journey";
                issues.error(step.at().appendProperty("id"), JourneyIssue.STEP_ID_TAKEN, message);
            }
        }
        if (all.isEmpty() && !issues.hasErrors()) {
            issues.error(JsonPointer.compile("/steps"), ValueIssue.OUT_OF_RANGE, "a journey has at least one step");
        }
    }

    /** The document without what only answers show. */
    private static JsonNode definition(JsonNode document) {
        ObjectNode definition = document.deepCopy();
        return definition.without(ONLY_SHOWN);
    }
}
