package dev.onward.call.guard;

import dev.onward.call.Admission;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Permit;
import dev.onward.call.Place;
import dev.onward.call.Places;
import dev.onward.call.Timer;
import dev.onward.call.retry.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All that is remembered of one host. Thread-safe: every decision is one short step under one lock. */
final class HostGuard {

    private static final Permit GO = new Permit.Go();

    private final HostKey host;
    private final Timer timer;
    private final Clock clock;
    private final CircuitListener listener;
    private final Places places = new Places();
    private final RetryBudget budget = new RetryBudget();
    private final HostPause pause = new HostPause();
    private final Circuit circuit;

    HostGuard(HostKey host, Timer timer, Clock clock, RandomGenerator random, CircuitListener listener) {
        this.host = host;
        this.timer = timer;
        this.clock = clock;
        this.listener = listener;
        this.circuit = new Circuit(random);
    }

    /** Places for the calls of actions with a bound. */
    Places places() {
        return places;
    }

    /** Lets a call in. */
    synchronized Admission.Pass enter(Optional<Place> place) {
        budget.callBegins();
        return new CallPass(place);
    }

    /** Why no call can begin now; empty when one can. */
    synchronized Optional<CallError> refusal() {
        return circuit.refusal(timer.nanoTime()).map(HostGuard::circuitOpen);
    }

    synchronized boolean isCircuitClosed() {
        return circuit.isClosed();
    }

    private static CallError circuitOpen(Duration left) {
        String next = left.isZero()
                ? "a few calls are trying it just now"
                : "the next try is in " + Duration.ofMillis(left.toMillis() + 1);
        return new CallError(CallErrorCode.CIRCUIT_OPEN, "too many attempts at this host failed; " + next);
    }

    private static CallError paused(Duration left, Duration remaining) {
        return new CallError(
                CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW,
                "the provider asked with Retry-After for a pause, which lasts another " + left + "; of timeout "
                        + remaining + " is left");
    }

    /** One call's way through this guard. Its own fields are guarded by the same lock. */
    private final class CallPass implements Admission.Pass {

        private final Optional<Place> place;
        private boolean trying;
        private int begunIn;
        private boolean retrying;
        private boolean left;

        private CallPass(Optional<Place> place) {
            this.place = place;
        }

        @Override
        public Permit beforeAttempt(Duration remaining) {
            synchronized (HostGuard.this) {
                long now = timer.nanoTime();
                Optional<Duration> refused = circuit.refusal(now);
                if (refused.isPresent()) {
                    return new Permit.Refuse(circuitOpen(refused.get()));
                }
                Duration pausing = pause.remaining(now);
                if (!pausing.isZero()) {
                    return pausing.compareTo(remaining) < 0
                            ? new Permit.Hold(pausing)
                            : new Permit.Refuse(paused(pausing, remaining));
                }
                begunIn = circuit.begin();
                trying = true;
                return GO;
            }
        }

        @Override
        public void afterAttempt(AttemptEnd end) {
            Optional<Duration> wait = end.map(
                    answered -> RetryAfter.of(answered.answer(), clock.instant()),
                    failed -> Optional.<Duration>empty());
            Circuit.Change change;
            synchronized (HostGuard.this) {
                long now = timer.nanoTime();
                wait.ifPresent(asked -> pause.ask(asked, now));
                change = endAttempt(Verdict.of(end), now);
            }
            tell(change);
        }

        @Override
        public boolean tryRetry() {
            synchronized (HostGuard.this) {
                retrying = budget.tryRetry();
                return retrying;
            }
        }

        @Override
        public void leave() {
            synchronized (HostGuard.this) {
                if (left) {
                    return;
                }
                left = true;
                endAttempt(Verdict.NONE, timer.nanoTime());
                budget.callEnds();
            }
            place.ifPresent(Place::giveBack);
        }

        private Circuit.Change endAttempt(Verdict verdict, long now) {
            if (retrying) {
                retrying = false;
                budget.retryEnds();
            }
            if (!trying) {
                return Circuit.Change.NONE;
            }
            trying = false;
            return circuit.end(begunIn, verdict, now);
        }

        private void tell(Circuit.Change change) {
            if (change == Circuit.Change.OPENED) {
                listener.opened(host);
            } else if (change == Circuit.Change.CLOSED) {
                listener.closed(host);
            }
        }
    }
}
