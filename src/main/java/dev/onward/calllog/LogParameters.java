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

/** Reads the query parameters of the log's list. An empty one counts as absent. Not thread-safe. */
public final class LogParameters {

    private static final Set<String> NAMES =
            Set.of("action", "journey", "profile", "outcome", "status", "host", "from", "to", "limit", "cursor");

    /** As {@code Outcome.wireName} and the outcomes of durable calls are written. */
    private static final List<String> OUTCOMES =
            List.of("succeeded", "failed", "timedOut", "capped", "blocked", "expired", "cancelled", "skippedConsent");

    private final Map<String, List<String>> parameters;
    private final Issues issues = new Issues();

    private LogParameters(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Makes a query of the parameters.
     *
     * @throws dev.onward.value.InvalidException with every parameter that is unknown or has a wrong value
     * @throws dev.onward.value.CursorInvalidException when only the cursor is wrong
     */
    public static LogQuery read(Map<String, List<String>> parameters, LogScope scope) {
        return new LogParameters(parameters).query(scope);
    }

    private LogQuery query(LogScope scope) {
        parameters.forEach(this::checkName);
        LogFilter filter = new LogFilter(
                text("action"),
                text("journey"),
                text("profile"),
                value("outcome", outcome -> Optional.of(outcome).filter(OUTCOMES::contains), "one of " + OUTCOMES),
                value("status", StatusRange::parse, "a status from 100 to 999, such as 503, or a class, such as 5xx"),
                text("host").map(host -> host.toLowerCase(Locale.ROOT)),
                time("from"),
                time("to"));
        int limit = limit();
        issues.throwIfErrors();
        return new LogQuery(scope, filter, text("cursor").map(LogCursor::parse), limit);
    }

    private void checkName(String name, List<String> values) {
        if (!NAMES.contains(name)) {
            issues.error(
                    at(name),
                    ValueIssue.UNKNOWN_MEMBER,
                    "there is no query parameter of this name; there are "
                            + NAMES.stream().sorted().toList());
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
                            + " (a + in a query is written %2B); found '" + text.get() + "'");
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

    private static JsonPointer at(String name) {
        return JsonPointer.empty().appendProperty(name);
    }
}
