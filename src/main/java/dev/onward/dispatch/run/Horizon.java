package dev.onward.dispatch.run;

import dev.onward.action.Durability;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.retry.BackOff;
import dev.onward.dispatch.store.Claim;
import dev.onward.invocation.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Decides what comes after a run of a durable call. It changes nothing. Thread-safe as its random source is. */
final class Horizon {

    /** The host lets no call through: all keep their place, and nothing counts as a failure. */
    private static final Set<CallErrorCode> HOST_REFUSES = Set.of(
            CallErrorCode.CIRCUIT_OPEN,
            CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW,
            CallErrorCode.CONCURRENCY_WAIT,
            CallErrorCode.THROTTLE_WAIT,
            CallErrorCode.LIMITS_UNAVAILABLE);

    /** A capping refuses instead of making wait: the call ends so, but for a callback, which nobody else repeats. */
    private static final Set<CallErrorCode> CAPPED = Set.of(CallErrorCode.CAPPED, CallErrorCode.CAPPED_ON_RETRY);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** As long as a provider can stop the calls of all. */
    private static final Duration LONGEST_LANE_WAIT = Duration.ofMinutes(10);

    private final RandomGenerator random;

    Horizon(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Another run.
     *
     * @param at not before; empty for as soon as its lane is let through: it keeps its place before younger ones
     * @param failed whether the run before counts as a failure, after which the next wait is longer
     * @param laneWaits how long its whole lane is not let through, if it is not
     */
    record Again(Optional<Instant> at, boolean failed, Optional<Duration> laneWaits) {}

    /**
     * What comes after a run.
     *
     * @param now when it ended
     * @return empty when the outcome of the run is that of the call
     */
    Optional<Again> after(Run run, Claim claim, Durability durability, Instant now) {
        Optional<CallErrorCode> code = run.result().record().outcome().error().map(CallError::code);
        boolean refused = code.filter(HOST_REFUSES::contains).isPresent();
        boolean keyless = code.filter(CallErrorCode.SECRET_UNAVAILABLE::equals).isPresent();
        boolean paused = code.filter(CallErrorCode.PAUSED::equals).isPresent();
        boolean capped = code.filter(CAPPED::contains).isPresent();
        boolean failed = !run.result().record().attempts().isEmpty() || isUnsigned(code);
        boolean waits = capped
                ? claim.call().isCallback()
                : run.again().isPresent() || refused || paused || keyless || isUnsigned(code);
        if (!waits || isOver(claim, durability, failed)) {
            return Optional.empty();
        }
        if (paused && !failed) {
            // Who claims it next sees that it is paused, and those beside it are not.
            return Optional.of(new Again(Optional.empty(), false, Optional.empty()));
        }
        Duration asked = run.again().orElse(Duration.ZERO);
        Duration wait = failed
                ? BackOff.delay(durability.base(), durability.cap(), claim.failures(), random)
                : between(SHORTEST_WAIT, LONGEST_WAIT);
        Instant at = now.plus(longer(asked, wait));
        if (refused && !failed && now.isBefore(claim.call().deadline())) {
            return Optional.of(new Again(
                    Optional.empty(), false, Optional.of(longer(SHORTEST_WAIT, shorter(asked, LONGEST_LANE_WAIT)))));
        }
        Optional<Duration> laneWaits =
                refused ? Optional.of(longer(SHORTEST_WAIT, shorter(asked, LONGEST_LANE_WAIT))) : Optional.empty();
        return at.isBefore(claim.call().deadline())
                ? Optional.of(new Again(Optional.of(at), failed, laneWaits))
                : atTheDeadline(claim, failed);
    }

    /** A journey's step has one window, as in the model system, unless its action asks for more. */
    private static boolean isOver(Claim claim, Durability durability, boolean failed) {
        return failed
                && !durability.isDeclared()
                && claim.call().origin().instanceId().isPresent();
    }

    /** What was never sent has no outcome of its own: it waits until its time is over. */
    private static Optional<Again> atTheDeadline(Claim claim, boolean failed) {
        return failed || claim.attempts() > 0
                ? Optional.empty()
                : Optional.of(new Again(Optional.of(claim.call().deadline()), false, Optional.empty()));
    }

    /** No token was to be had: nothing was sent, and the provider of tokens must not be asked again at once. */
    private static boolean isUnsigned(Optional<CallErrorCode> code) {
        return code.filter(CallErrorCode.AUTH_FAILED::equals).isPresent();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration between(Duration shortest, Duration longest) {
        return shortest.plusNanos(random.nextLong(longest.minus(shortest).toNanos() + 1));
    }
}
