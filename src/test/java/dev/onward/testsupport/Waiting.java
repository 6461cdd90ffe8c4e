package dev.onward.testsupport;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;

/** How tests wait: what is true already costs no time, what comes soon costs little, and the rest no more looks. */
public final class Waiting {

    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(100);

    /** Twice as long each time, up to Awaitility's own interval. */
    private static final PollInterval INTERVAL = IterativePollInterval.iterative(
            last -> last.multipliedBy(2).compareTo(LONGEST) < 0 ? last.multipliedBy(2) : LONGEST, FIRST);

    private Waiting() {}

    /** In the place of {@link Awaitility#await()}, which looks after a tenth of a second for the first time. */
    public static ConditionFactory await() {
        return Awaitility.with().pollDelay(Duration.ZERO).pollInterval(INTERVAL).await();
    }
}
