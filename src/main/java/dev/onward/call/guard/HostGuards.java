package dev.onward.call.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.call.Admission;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Place;
import dev.onward.call.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The guards of all hosts: the admission of the call engine. Thread-safe. */
public final class HostGuards implements Admission {

    /** Longer than any call, break or pause lasts: what is dropped then says no more than a new guard does. */
    static final Duration KEPT_UNUSED = Duration.ofMinutes(30);

    /** So many calls may wait for places of one host: more would take the whole process's places from the others. */
    static final int MAX_WAITING = 1_000;

    private final Timer timer;
    private final Cache<HostKey, HostGuard> guards;
    private final Function<HostKey, HostGuard> newGuard;

    /**
     * Guards that know no host yet.
     *
     * @param clock only for dates in {@code Retry-After}
     * @param random of the circuits' breaks; thread-safe
     */
    public HostGuards(Timer timer, Clock clock, RandomGenerator random, CircuitListener listener) {
        this.timer = timer;
        this.newGuard = host -> new HostGuard(host, timer, clock, random, listener);
        this.guards = Caffeine.newBuilder()
                .expireAfterAccess(KEPT_UNUSED)
                .ticker(timer::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public void admit(CallRequest request, Consumer<Pass> admitted, Consumer<Outcome> refused) {
        HostGuard guard = guards.get(HostKey.of(request), newGuard);
        OptionalInt bound = request.policy().endpoint().maxConcurrency();
        if (bound.isEmpty()) {
            admitted.accept(guard.enter(Optional.empty()));
            return;
        }
        Optional<Place> free = guard.places().tryTake(bound.getAsInt());
        Optional<CallError> open = free.isPresent() ? Optional.empty() : guard.refusal();
        if (free.isPresent()) {
            admitted.accept(guard.enter(free));
        } else if (guard.places().waiting() >= MAX_WAITING) {
            refused.accept(crowded(bound.getAsInt()));
        } else if (open.isPresent()) {
            refused.accept(new Outcome.Failed(OptionalInt.empty(), open));
        } else {
            // What stands in a queue of its own keeps its place here, or others of its lane would overtake it.
            Duration patience =
                    request.line().patience().orElse(request.policy().window());
            new PlaceWait(
                            guard.places(),
                            bound.getAsInt(),
                            place -> admitted.accept(guard.enter(Optional.of(place))),
                            () -> refused.accept(expired(bound.getAsInt(), patience)))
                    .begin(timer, patience);
        }
    }

    private static Outcome crowded(int bound) {
        return new Outcome.Expired(new CallError(
                CallErrorCode.CONCURRENCY_WAIT,
                "nothing was sent: endpoint.maxConcurrency allows " + bound + " calls at once, and " + MAX_WAITING
                        + " wait already"));
    }

    private static Outcome expired(int bound, Duration patience) {
        return new Outcome.Expired(new CallError(
                CallErrorCode.CONCURRENCY_WAIT,
                "nothing was sent: endpoint.maxConcurrency allows " + bound
                        + " calls at once, and no place was free within " + patience));
    }

    /** How many hosts are not called, or only to see whether they are well again. */
    public int openCircuits() {
        return (int) guards.asMap().values().stream()
                .filter(guard -> !guard.isCircuitClosed())
                .count();
    }

    /** How many hosts are remembered. */
    int size() {
        guards.cleanUp();
        return (int) guards.estimatedSize();
    }
}
