package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Place;
import dev.onward.call.Places;
import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import dev.onward.call.guard.PlaceWait;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the limits of a call's sandbox before the guards of its host. A call waits for a place and for the throttles that
 * match it, for as long as its window would last; each of its attempts takes a slot of every cap that matches. Thread-safe.
 */
final class LimitedAdmission implements Admission {

    private static final int MAX_WAITING = 12_000;

    private final Function<Sandbox, CompletableFuture<SandboxLimits>> limits;
    private final Admission inner;
    private final Timer timer;
    private final LimitMetrics metrics;

    /** @param limits of a sandbox; may complete later */
    LimitedAdmission(
            Function<Sandbox, CompletableFuture<SandboxLimits>> limits,
            Admission inner,
            Timer timer,
            LimitMetrics metrics) {
        this.limits = limits;
        this.inner = inner;
        this.timer = timer;
        this.metrics = metrics;
    }

    @Override
    public void admit(CallRequest request, Consumer<Pass> admitted, Consumer<Outcome> refused) {
        CompletableFuture<SandboxLimits> known = limits.apply(request.sandbox());
        if (known.isDone() && !known.isCompletedExceptionally()) {
            new Entry(request, known.join(), admitted, refused).begin();
            return;
        }
        CompletionStage<SandboxLimits> later = known;
        later.whenComplete((found, fault) -> {
            if (found == null) {
                CallError error = new CallError(
                        CallErrorCode.LIMITS_UNAVAILABLE,
                        "nothing was sent: the limits cannot be read, because the database does not answer");
                refused.accept(new Outcome.Failed(OptionalInt.empty(), Optional.of(error)));
            } else {
                new Entry(request, found, admitted, refused).begin();
            }
        });
    }

    /** One call on its way in. Its steps follow one another. */
    private final class Entry {

        private final CallRequest request;
        private final SandboxLimits sandbox;
        private final SandboxLimits.Applied applied;
        private final Consumer<Pass> admitted;
        private final Consumer<Outcome> refused;
        private final Turns turns;
        private final List<Place> places = new ArrayList<>(0);
        private final long begunAtNanos = timer.nanoTime();

        private Entry(CallRequest request, SandboxLimits sandbox, Consumer<Pass> admitted, Consumer<Outcome> refused) {
            this.request = request;
            this.sandbox = sandbox;
            this.applied = sandbox.applied(request);
            this.turns = new Turns(applied.throttles(), request.lane());
            this.admitted = admitted;
            this.refused = refused;
        }

        private void begin() {
            awaitShares(0);
        }

        private void awaitShares(int next) {
            if (next == applied.caps().size()) {
                takePlaces(0);
            } else {
                sandbox.whenKnown(applied.caps().get(next), () -> awaitShares(next + 1));
            }
        }

        private void takePlaces(int next) {
            if (next == applied.caps().size()) {
                awaitTurns();
                return;
            }
            Cap cap = applied.caps().get(next);
            OptionalInt most = cap.maxConnections();
            if (most.isEmpty()) {
                takePlaces(next + 1);
                return;
            }
            Places free = cap.places();
            Optional<Place> place = free.tryTake(most.getAsInt());
            if (place.isPresent()) {
                places.add(place.get());
                takePlaces(next + 1);
            } else if (free.waiting() >= MAX_WAITING) {
                refuse(CallErrorCode.CONCURRENCY_WAIT, MAX_WAITING + " calls wait already for " + connections(most));
            } else {
                awaitPlace(free, most, next);
            }
        }

        private void awaitPlace(Places free, OptionalInt most, int next) {
            new PlaceWait(
                            free,
                            most.getAsInt(),
                            granted -> {
                                metrics.crowded(waited());
                                places.add(granted);
                                takePlaces(next + 1);
                            },
                            () -> refuse(
                                    CallErrorCode.CONCURRENCY_WAIT,
                                    "no place was free within timeout, "
                                            + request.policy().window() + ", of " + connections(most)))
                    .begin(timer, patience());
        }

        private static String connections(OptionalInt most) {
            return "the " + most.getAsInt() + " connections of the capping";
        }

        private void awaitTurns() {
            if (applied.throttles().isEmpty()) {
                enter();
            } else if (applied.throttles().stream().anyMatch(throttle -> throttle.waiting() >= MAX_WAITING)) {
                refuse(CallErrorCode.THROTTLE_WAIT, MAX_WAITING + " calls wait already for the throttling");
            } else {
                new TurnWait(
                                turns,
                                () -> {
                                    metrics.throttled(waited());
                                    enter();
                                },
                                () -> refuse(
                                        CallErrorCode.THROTTLE_WAIT,
                                        "its turn did not come within timeout, "
                                                + request.policy().window() + ", at " + paces()))
                        .begin(timer, patience());
            }
        }

        private String paces() {
            List<String> paces = applied.throttles().stream()
                    .map(throttle -> throttle.rate() + " calls a second")
                    .toList();
            return String.join(" and ", paces);
        }

        private void enter() {
            inner.admit(request, this::entered, outcome -> {
                giveBack();
                refused.accept(outcome);
            });
        }

        private void entered(Pass pass) {
            LimitedPass.Limits own = new LimitedPass.Limits(sandbox, applied.caps(), turns, this::giveBack);
            admitted.accept(new LimitedPass(pass, own, metrics));
        }

        private Duration waited() {
            return Duration.ofNanos(timer.nanoTime() - begunAtNanos);
        }

        private Duration patience() {
            Duration left = request.policy().window().minus(waited());
            return left.isNegative() ? Duration.ZERO : left;
        }

        private void refuse(CallErrorCode code, String why) {
            giveBack();
            refused.accept(new Outcome.Expired(new CallError(code, "nothing was sent: " + why)));
        }

        private void giveBack() {
            turns.cancel();
            places.forEach(Place::giveBack);
        }
    }

    /** Waits for the first turns of a call, but no longer than it may. Used once. */
    private static final class TurnWait {

        private final Turns turns;
        private final Runnable go;
        private final Runnable expired;

        /** Later turns of the same call are none of its business. */
        private final AtomicBoolean over = new AtomicBoolean();

        private volatile Scheduled expiry = () -> {};

        private TurnWait(Turns turns, Runnable go, Runnable expired) {
            this.turns = turns;
            this.go = go;
            this.expired = expired;
        }

        private void begin(Timer timer, Duration patience) {
            turns.await(() -> {
                expiry.cancel();
                if (over.compareAndSet(false, true)) {
                    go.run();
                }
            });
            if (!over.get()) {
                expiry = timer.schedule(patience, () -> {
                    if (over.compareAndSet(false, true)) {
                        expired.run();
                    }
                });
            }
        }
    }
}
