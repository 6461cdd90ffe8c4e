package dev.onward.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An attempt that is under way, as far as its record is known.
 *
 * @param number from 1
 * @param heldBack how long the call waited before it, when it is the first
 * @param throttled whether a throttling is for its endpoint
 */
public record AttemptStart(int number, Instant at, HttpMethod method, Duration heldBack, boolean throttled) {

    /** The record of the attempt, now that it is over. */
    public AttemptRecord ended(ExchangeReport report, Optional<Duration> retryIn) {
        AttemptEnd end = report.end();
        return new AttemptRecord(
                number,
                at,
                method,
                report.url(),
                report.request(),
                end.map(answered -> OptionalInt.of(answered.answer().status()), AttemptEnd.Failed::headStatus),
                report.response(),
                end.map(answered -> Optional.<CallError>empty(), failed -> Optional.of(failed.error())),
                report.timings().heldBack(heldBack),
                report.passage().throttled(throttled),
                retryIn);
    }
}
