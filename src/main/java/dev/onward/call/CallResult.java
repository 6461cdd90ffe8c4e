package dev.onward.call;

import dev.onward.secret.Masker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a call went.
 *
 * @param answer the last complete answer, if one came
 * @param attempts every attempt in order; empty when nothing was sent
 * @param authentication the exchange that fetched a token for this call, if one did; redacted
 * @param masker of what its requests carried: an answer may repeat it
 * @param elapsed from the call's acceptance to its end: the wait for a place, then the window
 * @param again present when the retry rules would go on, were there retries and time left: how long the provider asks to
 *     wait at least
 */
public record CallResult(
        Outcome outcome,
        Optional<Answer> answer,
        List<AttemptRecord> attempts,
        Optional<AttemptRecord> authentication,
        Masker masker,
        Duration elapsed,
        Optional<Duration> again) {

    public CallResult {
        attempts = List.copyOf(attempts);
    }

    /** A call that is not worth another. */
    public CallResult(
            Outcome outcome,
            Optional<Answer> answer,
            List<AttemptRecord> attempts,
            Optional<AttemptRecord> authentication,
            Masker masker,
            Duration elapsed) {
        this(outcome, answer, attempts, authentication, masker, elapsed, Optional.empty());
    }
}
