package dev.onward.journey.instance;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.journey.instance.InstanceReads.Filter;
import dev.onward.value.Cursor;
import dev.onward.value.Issues;
import dev.onward.value.Page;
import dev.onward.value.Times;
import dev.onward.value.ValueIssue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which step events a client asks for. */
record StepEventQuery(Filter filter, Optional<Cursor> cursor, int limit) {

    private static final Set<String> NAMES =
            Set.of("journey", "profile", "instance", "step", "status", "from", "to", "limit", "cursor");
    private static final int CURSOR_PARTS = 3;
    private static final UUID NOBODY = new UUID(0, 0);

    /**
     * Reads the parameters of a request; an empty one counts as absent.
     *
     * @throws dev.onward.value.InvalidException with every parameter that is unknown or has a wrong value
     */
    static StepEventQuery read(Map<String, List<String>> parameters) {
        Issues issues = new Issues();
        parameters.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .forEach(name -> issues.error(
                        at(name),
                        ValueIssue.UNKNOWN_MEMBER,
                        "there is no query parameter of this name; there are "
                                + NAMES.stream().sorted().toList()));
        Filter filter = new Filter(
                text(parameters, "journey"),
                text(parameters, "profile"),
                text(parameters, "instance").map(StepEventQuery::uuid),
                text(parameters, "step"),
                text(parameters, "status"),
                time(parameters, "from", issues),
                time(parameters, "to", issues));
        issues.throwIfErrors();
        Optional<Cursor> cursor = text(parameters, "cursor").map(text -> Cursor.parse(text, CURSOR_PARTS));
        return new StepEventQuery(filter, cursor, Page.limit(text(parameters, "limit")));
    }

    /** What is no UUID names no instance. */
    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException nobody) {
            return NOBODY;
        }
    }

    private static Optional<Instant> time(Map<String, List<String>> parameters, String name, Issues issues) {
        Optional<String> text = text(parameters, name);
        Optional<Instant> time = text.flatMap(Times::parse);
        if (text.isPresent() && time.isEmpty()) {
            String message = "'" + name + "' must be an ISO-8601 time with an offset, such as 2026-01-31T10:00:00Z;"
                    + " found '" + text.get() + "'";
            issues.error(at(name), ValueIssue.BAD_FORMAT, message);
        }
        return time;
    }

    private static Optional<String> text(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(text -> !text.isEmpty());
    }

    private static JsonPointer at(String name) {
        return JsonPointer.empty().appendProperty(name);
    }
}
