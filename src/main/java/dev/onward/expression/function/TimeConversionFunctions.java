package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.DateOnlyValue;
import dev.onward.expression.value.DateTimeOnlyValue;
import dev.onward.expression.value.DateTimeValue;
import dev.onward.expression.value.DurationValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.TimeText;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** To dates, times and durations. Text that is none of the type gives null, except in the literal {@code date}. */
final class TimeConversionFunctions {

    private TimeConversionFunctions() {}

    static List<Function> all() {
        return List.of(date(), toDateOnly(), toDateTime(), toDateTimeOnly(), toDuration());
    }

    private static Function date() {
        return Definition.of("date", Group.CONVERSION)
                .and(ValueType.STRING, Parameter.Kind.CONSTANT)
                .gives(ValueType.ANY, arguments -> literal(arguments.text(0)))
                .describedAs("The dateOnly, dateTimeOnly or dateTime that a constant text is written as");
    }

    private static Function toDateOnly() {
        return Definition.of("toDateOnly", Group.CONVERSION)
                .takes(ValueType.DATE_TIME)
                .gives(
                        ValueType.DATE_ONLY,
                        arguments -> new DateOnlyValue(arguments.dateTime(0).toLocalDate()))
                .takes(ValueType.DATE_TIME_ONLY)
                .gives(
                        ValueType.DATE_ONLY,
                        arguments -> new DateOnlyValue(arguments.dateTimeOnly(0).toLocalDate()))
                .takes(ValueType.DATE_ONLY)
                .gives(ValueType.DATE_ONLY, arguments -> arguments.value(0))
                .takes(ValueType.STRING)
                .gives(ValueType.DATE_ONLY, arguments -> orNull(TimeText.dayPart(arguments.text(0))))
                .takes(ValueType.INTEGER, ValueType.INTEGER, ValueType.INTEGER)
                .gives(ValueType.DATE_ONLY, TimeConversionFunctions::day)
                .describedAs("The day of a time or a text, or of year, month and day; malformed text gives null");
    }

    private static Function toDateTime() {
        return Definition.of("toDateTime", Group.CONVERSION)
                .takes(ValueType.DATE_TIME)
                .gives(ValueType.DATE_TIME, arguments -> arguments.value(0))
                .takes(ValueType.STRING)
                .gives(ValueType.DATE_TIME, arguments -> orNull(TimeText.dateTime(arguments.text(0))))
                .takes(ValueType.INTEGER)
                .gives(ValueType.DATE_TIME, TimeConversionFunctions::instant)
                .and(ValueType.STRING, Parameter.Kind.TIME_ZONE)
                .and(ValueType.DATE_ONLY, Parameter.Kind.PLAIN)
                .gives(
                        ValueType.DATE_TIME,
                        arguments -> new DateTimeValue(
                                arguments.day(1).atStartOfDay(arguments.zone(0)).toOffsetDateTime()))
                .and(ValueType.STRING, Parameter.Kind.TIME_ZONE)
                .and(ValueType.DATE_TIME_ONLY, Parameter.Kind.PLAIN)
                .gives(
                        ValueType.DATE_TIME,
                        arguments -> new DateTimeValue(arguments
                                .dateTimeOnly(1)
                                .atZone(arguments.zone(0))
                                .toOffsetDateTime()))
                .describedAs(
                        "A text with offset, epoch milliseconds, or a local time in a constant zone, where a time that"
                                + " a clock change skips moves forward; malformed text gives null");
    }

    private static Function toDateTimeOnly() {
        return Definition.of("toDateTimeOnly", Group.CONVERSION)
                .takes(ValueType.DATE_TIME)
                .gives(
                        ValueType.DATE_TIME_ONLY,
                        arguments -> new DateTimeOnlyValue(arguments.dateTime(0).toLocalDateTime()))
                .takes(ValueType.DATE_TIME_ONLY)
                .gives(ValueType.DATE_TIME_ONLY, arguments -> arguments.value(0))
                .takes(ValueType.STRING)
                .gives(ValueType.DATE_TIME_ONLY, arguments -> orNull(TimeText.localPart(arguments.text(0))))
                .describedAs(
                        "The date and time without offset; a day alone is its midnight, malformed text gives null");
    }

    private static Function toDuration() {
        return Definition.of("toDuration", Group.CONVERSION)
                .takes(ValueType.DURATION)
                .gives(ValueType.DURATION, arguments -> arguments.value(0))
                .takes(ValueType.STRING)
                .gives(ValueType.DURATION, arguments -> orNull(TimeText.duration(arguments.text(0))))
                .takes(ValueType.INTEGER)
                .gives(ValueType.DURATION, arguments -> new DurationValue(Duration.ofMillis(arguments.integer(0))))
                .describedAs("The duration of an ISO-8601 text or of milliseconds; malformed text gives null");
    }

    private static Value orNull(Optional<? extends Value> value) {
        return value.<Value>map(each -> each).orElse(NullValue.NULL);
    }

    private static Value literal(String text) {
        return TimeText.dateOnly(text)
                .<Value>map(day -> day)
                .or(() -> TimeText.dateTimeOnly(text))
                .or(() -> TimeText.dateTime(text))
                .orElseThrow(() -> new Fault(
                        ExpressionIssueCode.DATE_INVALID,
                        "the text is no date that exists; written are 2026-01-31, 2026-01-31T10:00:00 and"
                                + " 2026-01-31T10:00:00Z"));
    }

    private static Value day(Arguments arguments) {
        try {
            return new DateOnlyValue(LocalDate.of(
                    Math.toIntExact(arguments.integer(0)),
                    Math.toIntExact(arguments.integer(1)),
                    Math.toIntExact(arguments.integer(2))));
        } catch (DateTimeException | ArithmeticException none) {
            throw new Fault(
                    ExpressionIssueCode.DATE_INVALID,
                    "the year, month and day are no date that exists; the years are 0 to 9999");
        }
    }

    private static Value instant(Arguments arguments) {
        try {
            return TimeText.utc(Instant.ofEpochMilli(arguments.integer(0)));
        } catch (DateTimeException beyond) {
            throw new Fault(
                    ExpressionIssueCode.TIME_OUT_OF_RANGE, "the milliseconds are outside of the years 0 to 9999");
        }
    }
}
