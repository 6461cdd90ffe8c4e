package dev.onward.calllog.report;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.InvalidException;
import dev.onward.value.Issues;
import dev.onward.value.Times;
import dev.onward.value.ValueIssue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a report is about.
 *
 * @param by what calls are told apart by, in order; empty for all together
 * @param per how long a row's time is; empty for the whole time
 * @param from at or after
 * @param to before
 * @param equal what a call must have, by the column's name
 */
record ReportQuery(List<Dimension> by, Optional<ChronoUnit> per, Instant from, Instant to, Map<String, String> equal) {

    private static final Set<String> NAMES = Set.of("by", "per", "from", "to", "action", "journey", "host");
    private static final List<String> UNITS = List.of("minute", "hour", "day");
    private static final Duration DEFAULT_TIME = Duration.ofHours(1);
    private static final long MOST_ROWS_OF_TIME = 2_000;

    ReportQuery {
        by = List.copyOf(by);
        equal = Map.copyOf(equal);
    }

    /** What calls can be told apart by. */
    enum Dimension {
        ACTION("action"),
        /** By the host that is called. */
        ENDPOINT("host"),
        JOURNEY("journey");

        private final String column;

        Dimension(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Makes a query of the parameters of a request; the last hour when no time is given.
     *
     * @throws InvalidException with every parameter that is unknown or has a wrong value
     */
    static ReportQuery read(Map<String, List<String>> parameters, Instant now) {
        Issues issues = new Issues();
        parameters.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .forEach(name -> issues.error(
                        at(name),
                        ValueIssue.UNKNOWN_MEMBER,
                        "there is no query parameter of this name; there are "
                                + NAMES.stream().sorted().toList()));
        List<Dimension> by = by(text(parameters, "by").orElse("action"), issues);
        Optional<ChronoUnit> per = text(parameters, "per").flatMap(unit -> unit(unit, issues));
        Instant to =
                text(parameters, "to").flatMap(text -> time("to", text, issues)).orElse(now);
        Instant from = text(parameters, "from")
                .flatMap(text -> time("from", text, issues))
                .orElse(to.minus(DEFAULT_TIME));
        if (!from.isBefore(to)) {
            issues.error(at("from"), ValueIssue.OUT_OF_RANGE, "'from' must be before 'to'");
        }
        per.filter(unit -> unit.between(from, to) > MOST_ROWS_OF_TIME)
                .ifPresent(unit -> issues.error(
                        at("per"),
                        ValueIssue.OUT_OF_RANGE,
                        "from 'from' to 'to' there are more than " + MOST_ROWS_OF_TIME
                                + " of these; ask for a longer one"));
        issues.throwIfErrors();
        return new ReportQuery(by, per, from, to, equal(parameters));
    }

    /** What refuses a report of too many rows. */
    InvalidException tooLong(int most) {
        Issues issues = new Issues();
        issues.error(
                at(per.isPresent() ? "per" : "by"),
                ValueIssue.OUT_OF_RANGE,
                "there are more than " + most
                        + " rows; ask for a shorter time, a longer 'per', less in 'by', or one action,"
                        + " journey or host");
        return new InvalidException(issues.errors());
    }

    private static Map<String, String> equal(Map<String, List<String>> parameters) {
        Map<String, String> equal = new HashMap<>();
        for (String name : List.of("action", "journey", "host")) {
            text(parameters, name).ifPresent(value -> equal.put(name, value));
        }
        return equal;
    }

    private static List<Dimension> by(String text, Issues issues) {
        List<Dimension> by = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            Optional<Dimension> found = Arrays.stream(Dimension.values())
                    .filter(each -> each.wireName().equals(name.strip()))
                    .findFirst();
            found.filter(each -> !by.contains(each)).ifPresent(by::add);
            if (found.isEmpty() && !name.equals("none")) {
                issues.error(
                        at("by"),
                        ValueIssue.NOT_ALLOWED,
                        "'by' lists some of action, endpoint and journey, or is none; found '" + name + "'");
            }
        }
        return by;
    }

    private static Optional<ChronoUnit> unit(String text, Issues issues) {
        if (!UNITS.contains(text)) {
            issues.error(at("per"), ValueIssue.NOT_ALLOWED, "'per' must be one of " + UNITS + "; found '" + text + "'");
            return Optional.empty();
        }
        return Optional.of(
                text.equals("day") ? ChronoUnit.DAYS : ChronoUnit.valueOf(text.toUpperCase(Locale.ROOT) + "S"));
    }

    private static Optional<Instant> time(String name, String text, Issues issues) {
        Optional<Instant> time = Times.parse(text);
        if (time.isEmpty()) {
            issues.error(
                    at(name),
                    ValueIssue.BAD_FORMAT,
                    "'" + name + "' must be an ISO-8601 time with an offset, such as 2026-01-31T10:00:00Z; found '"
                            + text + "'");
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
