package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a time is near now: between now and so many units of the UTC calendar before or after, both ends included. */
final class WindowFunctions {

    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.HOURS, ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS);

    private WindowFunctions() {}

    static List<Function> all() {
        List<Function> functions = new ArrayList<>();
        for (ChronoUnit unit : UNITS) {
            String name = unit.toString();
            String small = name.toLowerCase(Locale.ROOT);
            functions.add(window("inLast" + name, unit, -1)
                    .describedAs("Whether the time is at most so many " + small + " ago, and not after now"));
            functions.add(window("inNext" + name, unit, 1)
                    .describedAs("Whether the time is at most so many " + small + " ahead, and not before now"));
        }
        return functions;
    }

    private static Definition window(String name, ChronoUnit unit, int direction) {
        return Definition.of(name, Group.DATE)
                .impure()
                .takes(ValueType.DATE_TIME, ValueType.INTEGER)
                .gives(ValueType.BOOLEAN, arguments -> isInside(arguments, unit, direction));
    }

    private static Value isInside(Arguments arguments, ChronoUnit unit, int direction) {
        Instant now = arguments.evaluation().now().truncatedTo(ChronoUnit.MILLIS);
        Instant time = arguments.dateTime(0).toInstant();
        Instant end = end(now, arguments.integer(1), unit, direction);
        Instant first = direction < 0 ? end : now;
        Instant last = direction < 0 ? now : end;
        return BooleanValue.of(!time.isBefore(first) && !time.isAfter(last));
    }

    /** What is beyond the calendar is as far away as can be. */
    private static Instant end(Instant now, long count, ChronoUnit unit, int direction) {
        try {
            OffsetDateTime utc = now.atOffset(ZoneOffset.UTC);
            return (direction < 0 ? utc.minus(count, unit) : utc.plus(count, unit)).toInstant();
        } catch (DateTimeException | ArithmeticException beyond) {
            return (count > 0) == (direction > 0) ? Instant.MAX : Instant.MIN;
        }
    }
}
