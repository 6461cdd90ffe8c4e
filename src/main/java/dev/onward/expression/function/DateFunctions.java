package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.DateTimeOnlyValue;
import dev.onward.expression.value.DateTimeValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Dates and times, and the clock. */
final class DateFunctions {

    private DateFunctions() {}

    static List<Function> all() {
        return List.of(
                Definition.of("currentTimeInMillis", Group.DATE)
                        .impure()
                        .takes()
                        .gives(
                                ValueType.INTEGER,
                                arguments -> new IntegerValue(
                                        arguments.evaluation().now().toEpochMilli()))
                        .describedAs("The time of the evaluation in epoch milliseconds"),
                dateDiff(),
                now(),
                nowWithDelta(),
                setter("setDays", ChronoField.DAY_OF_MONTH)
                        .describedAs("The same time on another day of its month, which must exist"),
                setter("setHours", ChronoField.HOUR_OF_DAY)
                        .describedAs("The same time at another hour of its day, 0 to 23, in its own offset"),
                updateTimeZone());
    }

    private static Function dateDiff() {
        return Definition.of("dateDiff", Group.DATE)
                .takes(ValueType.DATE_ONLY, ValueType.DATE_ONLY)
                .gives(
                        ValueType.INTEGER,
                        arguments -> new IntegerValue(ChronoUnit.DAYS.between(arguments.day(1), arguments.day(0))))
                .takes(ValueType.DATE_TIME_ONLY, ValueType.DATE_TIME_ONLY)
                .gives(
                        ValueType.INTEGER,
                        arguments -> new IntegerValue(
                                ChronoUnit.MILLIS.between(arguments.dateTimeOnly(1), arguments.dateTimeOnly(0))))
                .takes(ValueType.DATE_TIME, ValueType.DATE_TIME)
                .gives(
                        ValueType.INTEGER,
                        arguments -> new IntegerValue(
                                ChronoUnit.MILLIS.between(arguments.dateTime(1), arguments.dateTime(0))))
                .describedAs("How much later the first is than the second: days of dateOnly, else milliseconds");
    }

    private static Function now() {
        return Definition.of("now", Group.DATE)
                .impure()
                .takes()
                .gives(ValueType.DATE_TIME, arguments -> now(arguments, ZoneOffset.UTC))
                .and(ValueType.STRING, Parameter.Kind.TIME_ZONE)
                .gives(ValueType.DATE_TIME, arguments -> now(arguments, arguments.zone(0)))
                .describedAs("The time of the evaluation, in UTC or in a constant zone");
    }

    private static Function nowWithDelta() {
        return Definition.of("nowWithDelta", Group.DATE)
                .impure()
                .takes(ValueType.INTEGER)
                .and(ValueType.STRING, Parameter.Kind.UNIT)
                .gives(ValueType.DATE_TIME, arguments -> moved(arguments, ZoneOffset.UTC))
                .takes(ValueType.INTEGER)
                .and(ValueType.STRING, Parameter.Kind.UNIT)
                .and(ValueType.STRING, Parameter.Kind.TIME_ZONE)
                .gives(ValueType.DATE_TIME, arguments -> moved(arguments, arguments.zone(2)))
                .describedAs("Now, moved by years, months, days, hours, minutes or seconds of the calendar");
    }

    private static Function updateTimeZone() {
        return Definition.of("updateTimeZone", Group.DATE)
                .takes(ValueType.DATE_TIME)
                .and(ValueType.STRING, Parameter.Kind.TIME_ZONE)
                .gives(
                        ValueType.DATE_TIME,
                        arguments -> within(() -> new DateTimeValue(arguments
                                .dateTime(0)
                                .atZoneSameInstant(arguments.zone(1))
                                .toOffsetDateTime())))
                .describedAs("The same instant with the offset of a constant zone");
    }

    private static Definition setter(String name, ChronoField field) {
        return Definition.of(name, Group.DATE)
                .takes(ValueType.DATE_TIME, ValueType.INTEGER)
                .gives(ValueType.DATE_TIME, arguments -> {
                    long value =
                            existing(arguments, field, arguments.dateTime(0).toLocalDate());
                    return new DateTimeValue(arguments.dateTime(0).with(field, value));
                })
                .takes(ValueType.DATE_TIME_ONLY, ValueType.INTEGER)
                .gives(ValueType.DATE_TIME_ONLY, arguments -> {
                    long value =
                            existing(arguments, field, arguments.dateTimeOnly(0).toLocalDate());
                    return new DateTimeOnlyValue(arguments.dateTimeOnly(0).with(field, value));
                });
    }

    private static long existing(Arguments arguments, ChronoField field, LocalDate day) {
        long value = arguments.integer(1);
        long first = field.range().getMinimum();
        long last = field == ChronoField.DAY_OF_MONTH
                ? day.lengthOfMonth()
                : field.range().getMaximum();
        if (value < first || value > last) {
            throw new Fault(
                    ExpressionIssueCode.TIME_OUT_OF_RANGE, "the hour or day is outside of " + first + " to " + last);
        }
        return value;
    }

    private static Value now(Arguments arguments, ZoneId zone) {
        return within(() ->
                new DateTimeValue(arguments.evaluation().now().atZone(zone).toOffsetDateTime()));
    }

    private static Value moved(Arguments arguments, ZoneId zone) {
        return within(() -> new DateTimeValue(arguments
                .evaluation()
                .now()
                .atZone(zone)
                .plus(arguments.integer(0), arguments.unit(1).unit())
                .toOffsetDateTime()));
    }

    private static Value within(Supplier<Value> time) {
        try {
            return time.get();
        } catch (DateTimeException | ArithmeticException beyond) {
            throw new Fault(ExpressionIssueCode.TIME_OUT_OF_RANGE, "the result is outside of the years 0 to 9999");
        }
    }
}
