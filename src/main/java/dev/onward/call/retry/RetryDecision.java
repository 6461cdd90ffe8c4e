package dev.onward.call.retry;

import dev.onward.call.OutboundRequest;
import dev.onward.call.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What comes after an attempt. */
public sealed interface RetryDecision {

    /** Hands the decision to the one of the three that carries it out. */
    void carryOut(Consumer<Duration> retry, Consumer<OutboundRequest> redirect, Consumer<Outcome> end);

    /** How long to wait for the next attempt; empty when there is none. */
    default Optional<Duration> retryIn() {
        return Optional.empty();
    }

    /** The call succeeded. */
    record Done(Outcome.Succeeded outcome) implements RetryDecision {
        @Override
        public void carryOut(Consumer<Duration> retry, Consumer<OutboundRequest> redirect, Consumer<Outcome> end) {
            end.accept(outcome);
        }
    }

    /** Another attempt, after the delay. */
    record Retry(Duration delay) implements RetryDecision {
        @Override
        public void carryOut(Consumer<Duration> retry, Consumer<OutboundRequest> redirect, Consumer<Outcome> end) {
            retry.accept(delay);
        }

        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(delay);
        }
    }

    /** Another attempt at once, at the place that the answer names. */
    record Redirect(OutboundRequest next) implements RetryDecision {
        @Override
        public void carryOut(Consumer<Duration> retry, Consumer<OutboundRequest> redirect, Consumer<Outcome> end) {
            redirect.accept(next);
        }
    }

    /** The call ends without success. */
    record GiveUp(Outcome outcome) implements RetryDecision {
        @Override
        public void carryOut(Consumer<Duration> retry, Consumer<OutboundRequest> redirect, Consumer<Outcome> end) {
            end.accept(outcome);
        }
    }
}
