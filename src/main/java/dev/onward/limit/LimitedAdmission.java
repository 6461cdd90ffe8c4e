package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Place;
import dev.onward.call.Places;
import dev.onward.call.Timer;
import dev.onward.call.guard.PlaceWait;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
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
    private final InOrder<Sandbox> order = new InOrder<>();

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
        long begunAtNanos = timer.nanoTime();
        CompletableFuture<SandboxLimits> known = limits.apply(request.sandbox());
        boolean atOnce = known.isDone() && !known.isCompletedExceptionally() && order.isEmpty(request.sandbox());
        if (atOnce) {
            new Entry(request, known.join(), begunAtNanos, admitted, refused).begin();
            return;
        }
        new BoundedWait(
                        read -> order.after(request.sandbox(), known, read),
                        () -> {
                            if (known.isCompletedExceptionally()) {
                                refused.accept(
                                        unknown("the limits cannot be read, because the database does not answer"));
                            } else {
                                new Entry(request, known.join(), begunAtNanos, admitted, refused).begin();
                            }
                        },
                        () -> refused.accept(unknown("the database did not tell the limits within timeout, "
                                + request.policy().window())))
                .begin(timer, request.policy().window());
    }

    private static Outcome unknown(String why) {
        CallError error = new CallError(CallErrorCode.LIMITS_UNAVAILABLE, "nothing was sent: " + why);
        return new Outcome.Failed(OptionalInt.empty(), Optional.of(error));
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
        private final long begunAtNanos;
        private volatile boolean isIn;

        private Entry(
                CallRequest request,
                SandboxLimits sandbox,
                long begunAtNanos,
                Consumer<Pass> admitted,
                Consumer<Outcome> refused) {
            this.begunAtNanos = begunAtNanos;
            this.request = request;
            this.sandbox = sandbox;
            this.applied = sandbox.applied(request);
            this.turns = new Turns(applied.throttles(), request.line().lane());
            this.admitted = admitted;
            this.refused = refused;
        }

        /** The ledger may be slow, and a call that waits for it has nothing else to lose than its own time. */
        private void begin() {
            if (applied.caps().stream().allMatch(sandbox::isKnown)) {
                takePlaces(0);
                return;
            }
            new BoundedWait(
                            known -> awaitShares(0, known),
                            () -> takePlaces(0),
                            () -> refused.accept(
                                    unknown("the database, by which processes divide the capping, did not answer within"
                                            + " timeout, " + request.policy().window())))
                    .begin(timer, request.policy().window().minus(waited()));
        }

        private void awaitShares(int next, Runnable known) {
            if (next == applied.caps().size()) {
                known.run();
            } else {
                sandbox.whenKnown(applied.caps().get(next), () -> awaitShares(next + 1, known));
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
                                    "no place was free within timeout, " + longestWait() + ", of " + connections(most)))
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
                new BoundedWait(
                                turns::await,
                                () -> {
                                    metrics.throttled(waited());
                                    enter();
                                },
                                () -> refuse(
                                        CallErrorCode.THROTTLE_WAIT,
                                        "its turn did not come within timeout, " + longestWait() + ", at " + paces()))
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
            if (!isIn) {
                turns.letPass();
            }
        }

        private void entered(Pass pass) {
            isIn = true;
            LimitedPass.Limits own = new LimitedPass.Limits(sandbox, applied.caps(), turns, this::giveBack);
            admitted.accept(new LimitedPass(pass, own, metrics));
        }

        private Duration waited() {
            return Duration.ofNanos(timer.nanoTime() - begunAtNanos);
        }

        private Duration patience() {
            Duration left = longestWait().minus(waited());
            return left.isNegative() ? Duration.ZERO : left;
        }

        /** What stands in a queue of its own keeps its place here, or others of its lane would overtake it. */
        private Duration longestWait() {
            return request.line().patience().orElse(request.policy().window());
        }

        private void refuse(CallErrorCode code, String why) {
            giveBack();
            refused.accept(new Outcome.Expired(new CallError(code, "nothing was sent: " + why)));
        }

        private void giveBack() {
            turns.end();
            places.forEach(Place::giveBack);
        }
    }
}
