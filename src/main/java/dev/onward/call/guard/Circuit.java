package dev.onward.call.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The circuit breaker of one host. Closed, it lets everything through; open, nothing; then, half open, a few probes at a
 * time, until enough of them went well or one did not. Time is given, in monotonic nanoseconds. Not thread-safe.
 */
final class Circuit {

    static final int MIN_ATTEMPTS = 20;
    static final int MAX_PROBES = 5;
    static final int PROBES_TO_CLOSE = 4;
    static final Duration FIRST_BREAK = Duration.ofSeconds(5);
    static final Duration LONGEST_BREAK = Duration.ofMinutes(5);

    /** A break is up to a fifth shorter or longer, so that many processes do not probe at once. */
    private static final int JITTER_FRACTION = 5;

    private final RandomGenerator random;
    private final SlidingWindow window = new SlidingWindow();
    private State state = State.CLOSED;

    /** Counts the changes of state: what began before the last one says nothing about this state. */
    private int era;

    private Duration nextBreak = FIRST_BREAK;
    private long openUntil;
    private int probes;
    private int goodProbes;

    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** What an end changed, for those who watch. */
    enum Change {
        NONE,
        /** From closed to open; not from half open back to open. */
        OPENED,
        CLOSED
    }

    Circuit(RandomGenerator random) {
        this.random = random;
    }

    /** How long no attempt may begin: zero until a probe ends. Empty when one may. */
    Optional<Duration> refusal(long now) {
        return switch (state) {
            case CLOSED -> Optional.empty();
            case OPEN -> openUntil - now > 0 ? Optional.of(Duration.ofNanos(openUntil - now)) : Optional.empty();
            case HALF_OPEN -> probes < MAX_PROBES ? Optional.empty() : Optional.of(Duration.ZERO);
        };
    }

    /**
     * Begins an attempt, which {@link #refusal} does not forbid.
     *
     * @return to be told at its end
     */
    int begin() {
        if (state == State.OPEN) {
            enter(State.HALF_OPEN);
        }
        if (state == State.HALF_OPEN) {
            probes++;
        }
        return era;
    }

    /** Ends an attempt. */
    Change end(int begunIn, Verdict verdict, long now) {
        if (begunIn != era) {
            return Change.NONE;
        }
        return state == State.CLOSED ? endWhileClosed(verdict, now) : endOfProbe(verdict, now);
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    private Change endWhileClosed(Verdict verdict, long now) {
        if (verdict == Verdict.NONE) {
            return Change.NONE;
        }
        window.add(verdict == Verdict.BAD, now);
        if (window.attempts() < MIN_ATTEMPTS || 2 * window.failures() < window.attempts()) {
            return Change.NONE;
        }
        open(now);
        return Change.OPENED;
    }

    private Change endOfProbe(Verdict verdict, long now) {
        probes--;
        if (verdict == Verdict.BAD) {
            open(now);
            return Change.NONE;
        }
        goodProbes += verdict == Verdict.GOOD ? 1 : 0;
        if (goodProbes < PROBES_TO_CLOSE) {
            return Change.NONE;
        }
        enter(State.CLOSED);
        window.clear();
        nextBreak = FIRST_BREAK;
        return Change.CLOSED;
    }

    private void open(long now) {
        enter(State.OPEN);
        openUntil = now + jittered(nextBreak);
        Duration doubled = nextBreak.multipliedBy(2);
        nextBreak = doubled.compareTo(LONGEST_BREAK) > 0 ? LONGEST_BREAK : doubled;
    }

    private long jittered(Duration length) {
        long jitter = length.toNanos() / JITTER_FRACTION;
        return length.toNanos() - jitter + random.nextLong(2 * jitter + 1);
    }

    private void enter(State next) {
        state = next;
        era++;
        probes = 0;
        goodProbes = 0;
    }
}
