package dev.onward.expression.signature;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The units that {@code nowWithDelta} counts in. */
public enum TimeUnit {
    YEARS(ChronoUnit.YEARS),
    MONTHS(ChronoUnit.MONTHS),
    DAYS(ChronoUnit.DAYS),
    HOURS(ChronoUnit.HOURS),
    MINUTES(ChronoUnit.MINUTES),
    SECONDS(ChronoUnit.SECONDS);

    private final ChronoUnit unit;

    TimeUnit(ChronoUnit unit) {
        this.unit = unit;
    }

    public ChronoUnit unit() {
        return unit;
    }

    /**
     * The unit that an expression names.
     *
     * @throws Fault {@code unknown-unit}
     */
    static TimeUnit named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        ExpressionIssueCode.UNKNOWN_UNIT,
                        "`" + name + "` is no unit of time; allowed are "
                                + Arrays.stream(values())
                                        .map(TimeUnit::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
