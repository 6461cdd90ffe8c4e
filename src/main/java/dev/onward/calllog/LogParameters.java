package dev.onward.calllog;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.calllog.search.LogCursor;
import dev.onward.calllog.search.LogFilter;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.StatusRange;
import dev.onward.value.Issues;
import dev.onward.value.Times;
import dev.onward.value.ValueIssue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the query parameters of the log's list, or its conditions alone. An empty one counts as absent. Not
 * thread-safe.
 */
public final class LogParameters {

    private static final Set<String> CONDITIONS =
            Set.of("action", "journey", "profile", "outcome", "status", "host", "from", "to");

    private static final Place QUERY = new Place(
            JsonPointer.empty(),
            "query parameter",
            with(CONDITIONS, "limit", "cursor"),
            " (a + in a query is written %2B)");

    /** As {@code Outcome.wireName} and the outcomes of durable calls are written. */
    private static final List<String> OUTCOMES =
            List.of("succeeded", "failed", "timedOut", "capped", "blocked", "expired", "cancelled", "skippedConsent");

    private final Map<String, List<String>> parameters;
    private final Place place;
    private final Issues issues = new Issues();

    /**
     * What faults are told of.
     *
     * @param at where the names stand
     * @param kind of what has a name
     * @param names that are allowed
     * @param plus how a plus of a time is written there, when not as itself
     */
    private record Place(JsonPointer at, String kind, Set<String> names, String plus) {}

    private LogParameters(Map<String, List<String>> parameters, Place place) {
        this.parameters = parameters;
        this.place = place;
    }

    /**
     * Makes a query of the parameters.
     *
     * @throws dev.onward.value.InvalidException with every parameter that is unknown or has a wrong value
     * @throws dev.onward.value.CursorInvalidException when only the cursor is wrong
     */
    public static LogQuery read(Map<String, List<String>> parameters, LogScope scope) {
        return new LogParameters(parameters, QUERY).query(scope);
    }

    /**
     * Makes a filter of conditions that stand in a document.
     *
     * @param at where
     * @throws dev.onward.value.InvalidException with every condition that is unknown or has a wrong value
     */
    public static LogFilter filter(Map<String, List<String>> conditions, JsonPointer at) {
        LogParameters read = new LogParameters(conditions, new Place(at, "condition", CONDITIONS, ""));
        LogFilter filter = read.filter();
        read.issues.throwIfErrors();
        return filter;
    }

    private LogQuery query(LogScope scope) {
        LogFilter filter = filter();
        int limit = limit();
        issues.throwIfErrors();
        return new LogQuery(scope, filter, text("cursor").map(LogCursor::parse), limit);
    }

    private LogFilter filter() {
        parameters.forEach(this::checkName);
        return new LogFilter(
                text("action"),
                text("journey"),
                text("profile"),
                value("outcome", outcome -> Optional.of(outcome).filter(OUTCOMES::contains), "one of " + OUTCOMES),
                value("status", StatusRange::parse, "a status from 100 to 999, such as 503, or a class, such as 5xx"),
                text("host").map(host -> host.toLowerCase(Locale.ROOT)),
                time("from"),
                time("to"));
    }

    private void checkName(String name, List<String> values) {
        if (!place.names().contains(name)) {
            issues.error(
                    at(name),
                    ValueIssue.UNKNOWN_MEMBER,
                    "there is no " + place.kind() + " of this name; there are "
                            + place.names().stream().sorted().toList());
        } else if (values.size() > 1) {
            issues.error(at(name), ValueIssue.NOT_ALLOWED, "'" + name + "' is given more than once; give it once");
        }
    }

    private Optional<String> text(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(text -> !text.isEmpty());
    }

    private <T> Optional<T> value(String name, Function<String, Optional<T>> parser, String allowed) {
        Optional<String> text = text(name);
        Optional<T> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            issues.error(
                    at(name),
                    ValueIssue.NOT_ALLOWED,
                    "'" + name + "' must be " + allowed + "; found '" + text.get() + "'");
        }
        return value;
    }

    private Optional<Instant> time(String name) {
        Optional<String> text = text(name);
        Optional<Instant> time = text.flatMap(Times::parse);
        if (text.isPresent() && time.isEmpty()) {
            issues.error(
                    at(name),
                    ValueIssue.BAD_FORMAT,
                    "'" + name + "' must be an ISO-8601 time with an offset, such as 2026-01-31T10:00:00Z"
                            + place.plus() + "; found '" + text.get() + "'");
        }
        return time;
    }

    private int limit() {
        Optional<String> text = text("limit");
        try {
            int limit = text.map(Integer::parseInt).orElse(LogQuery.DEFAULT_LIMIT);
            if (limit >= 1 && limit <= LogQuery.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        issues.error(
                at("limit"),
                ValueIssue.OUT_OF_RANGE,
                "'limit' must be a whole number from 1 to " + LogQuery.MAX_LIMIT + "; found '" + text.orElse("") + "'");
        return LogQuery.DEFAULT_LIMIT;
    }

    private JsonPointer at(String name) {
        return place.at().appendProperty(name);
    }

    private static Set<String> with(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
