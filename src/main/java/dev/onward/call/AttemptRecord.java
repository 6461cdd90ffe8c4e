package dev.onward.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try of a call, redacted, as it is stored and shown.
 *
 * @param number from 1
 * @param url as sent, redacted
 * @param status of the answer, if its head came
 * @param response the answer, if its head came
 * @param error why it failed when no complete answer came
 * @param retryIn how long the call waited after it; empty after the last
 */
public record AttemptRecord(
        int number,
        Instant startedAt,
        HttpMethod method,
        String url,
        CapturedMessage request,
        OptionalInt status,
        Optional<CapturedMessage> response,
        Optional<CallError> error,
        Timings timings,
        Passage passage,
        Optional<Duration> retryIn) {

    /** The same of a first attempt whose call had waited so much longer before. */
    public AttemptRecord heldBack(Duration wait) {
        return new AttemptRecord(
                number,
                startedAt,
                method,
                url,
                request,
                status,
                response,
                error,
                timings.heldBack(wait),
                passage,
                retryIn);
    }

    /** The same with another number: earlier attempts of its call were made by another run. */
    public AttemptRecord numbered(int other) {
        return new AttemptRecord(
                other, startedAt, method, url, request, status, response, error, timings, passage, retryIn);
    }
}
