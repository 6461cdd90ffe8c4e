package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Permit;
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

    /** @param limits of a sandbox; may complete later */
    LimitedAdmission(Function<Sandbox, CompletableFuture<SandboxLimits>> limits, Admission inner, Timer timer) {
        this.limits = limits;
        this.inner = inner;
        this.timer = timer;
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
        private final List<Place> places = new ArrayList<>(0);
        private final long begunAtNanos = timer.nanoTime();

        private Entry(CallRequest request, SandboxLimits sandbox, Consumer<Pass> admitted, Consumer<Outcome> refused) {
            this.request = request;
            this.sandbox = sandbox;
            this.applied = sandbox.applied(request);
            this.admitted = admitted;
            this.refused = refused;
        }

        private void begin() {
            takePlaces(0);
        }

        private void takePlaces(int next) {
            if (next == applied.caps().size()) {
                awaitTurns(0);
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
                new PlaceWait(
                                free,
                                most.getAsInt(),
                                granted -> {
                                    places.add(granted);
                                    takePlaces(next + 1);
                                },
                                () -> refuse(
                                        CallErrorCode.CONCURRENCY_WAIT,
                                        "no place was free within timeout, "
                                                + request.policy().window() + ", of " + connections(most)))
                        .begin(timer, patience());
            }
        }

        private static String connections(OptionalInt most) {
            return "the " + most.getAsInt() + " connections of the capping";
        }

        private void awaitTurns(int next) {
            if (next == applied.throttles().size()) {
                inner.admit(request, pass -> admitted.accept(new LimitedPass(this, pass)), outcome -> {
                    giveBack();
                    refused.accept(outcome);
                });
                return;
            }
            Throttle throttle = applied.throttles().get(next);
            if (throttle.waiting() >= MAX_WAITING) {
                refuse(CallErrorCode.THROTTLE_WAIT, MAX_WAITING + " calls wait already for the throttling");
                return;
            }
            new TurnWait(
                            throttle,
                            request.lane(),
                            () -> awaitTurns(next + 1),
                            () -> refuse(
                                    CallErrorCode.THROTTLE_WAIT,
                                    "at " + throttle.rate() + " calls a second its turn did not come within timeout, "
                                            + request.policy().window()))
                    .begin(timer, patience());
        }

        private Duration patience() {
            Duration left = request.policy().window().minusNanos(timer.nanoTime() - begunAtNanos);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private void refuse(CallErrorCode code, String why) {
            giveBack();
            refused.accept(new Outcome.Expired(new CallError(code, "nothing was sent: " + why)));
        }

        private void giveBack() {
            places.forEach(Place::giveBack);
        }
    }

    /** Waits for a turn, but no longer than it may. Used once. */
    private static final class TurnWait {

        private final Throttle throttle;
        private final String lane;
        private final Runnable go;
        private final Runnable expired;
        private volatile Scheduled expiry = () -> {};

        private TurnWait(Throttle throttle, String lane, Runnable go, Runnable expired) {
            this.throttle = throttle;
            this.lane = lane;
            this.go = go;
            this.expired = expired;
        }

        private void begin(Timer timer, Duration patience) {
            Throttle.Turn turn = throttle.await(lane, () -> {
                expiry.cancel();
                go.run();
            });
            expiry = timer.schedule(patience, () -> {
                if (throttle.cancel(turn)) {
                    expired.run();
                }
            });
        }
    }

    /** A pass whose attempts take slots. */
    private static final class LimitedPass implements Pass {

        private final Entry entry;
        private final Pass inner;
        private int attempts;

        /** How many throttles have let the next attempt go. */
        private int turns;

        private LimitedPass(Entry entry, Pass inner) {
            this.entry = entry;
            this.inner = inner;
        }

        @Override
        public Permit beforeAttempt(Duration remaining) {
            for (; turns < entry.applied.throttles().size(); turns++) {
                Duration wait = entry.applied.throttles().get(turns).send(attempts > 0);
                if (!wait.isZero()) {
                    return wait.compareTo(remaining) < 0
                            ? new Permit.Hold(wait)
                            : new Permit.Refuse(new CallError(
                                    CallErrorCode.THROTTLE_WAIT, "of timeout too little is left for the throttling"));
                }
            }
            Permit guards = inner.beforeAttempt(remaining);
            if (!(guards instanceof Permit.Go)) {
                return guards;
            }
            Optional<Cap> full = entry.sandbox.take(entry.applied.caps());
            if (full.isPresent()) {
                return new Permit.Refuse(capped(full.get()));
            }
            attempts++;
            turns = 0;
            return guards;
        }

        private CallError capped(Cap cap) {
            String why = "the capping allows " + cap.text();
            return attempts == 0
                    ? new CallError(CallErrorCode.CAPPED, why)
                    : new CallError(CallErrorCode.CAPPED_ON_RETRY, why);
        }

        @Override
        public void afterAttempt(AttemptEnd end) {
            inner.afterAttempt(end);
        }

        @Override
        public boolean tryRetry() {
            return inner.tryRetry();
        }

        @Override
        public void leave() {
            entry.giveBack();
            inner.leave();
        }
    }
}
