package dev.onward.dispatch;

import dev.onward.call.CallRecord;
import dev.onward.dispatch.run.Dispatch;
import dev.onward.dispatch.run.DispatchLimits;
import dev.onward.dispatch.run.Outcomes;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.PauseStore;
import dev.onward.dispatch.store.ReplayStore;
import dev.onward.sandbox.Quota;
import dev.onward.sandbox.Sandbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The queue of durable calls as this process has it: begins after the database, ends before the log, which it writes to.
 * Thread-safe.
 */
@ApplicationScoped
public class DurableCalls {

    /** Of the observer of the start: after the log, whose table it writes. */
    private static final int BEGINS = 1_100;

    /** Of the observer of the stop: before the log ends. */
    private static final int ENDS = 900;

    private static final int MOST_FORGOTTEN = 50_000;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private final AcceptQueue accepts;
    private final Quota quota;
    private final Dispatch dispatch;
    private final Counter accepted;
    private final Counter late;

    DurableCalls(
            DispatchConfig config,
            AcceptStore acceptStore,
            PauseStore pauses,
            ReplayStore replays,
            Dispatch.Parts parts,
            MeterRegistry meters) {
        this.accepts = new AcceptQueue(
                acceptStore, parts.time().clock(), config.acceptQueue().orElse(DispatchConfig.DEFAULT_ACCEPT_QUEUE));
        this.quota = new Quota(new Quota.Terms(
                "durable calls",
                "onward.dispatch.max-calls-per-sandbox and .max-bytes-per-sandbox",
                config.maxCallsPerSandbox().orElse(DispatchConfig.DEFAULT_MAX_CALLS),
                config.maxBytesPerSandbox().orElse(DispatchConfig.DEFAULT_MAX_BYTES),
                QueueFullException::new));
        DispatchLimits limits = new DispatchLimits(
                config.maxInFlight().orElse(DispatchConfig.DEFAULT_MAX_IN_FLIGHT),
                config.lease().orElse(DispatchConfig.DEFAULT_LEASE));
        Duration kept = config.replayRetention().orElse(DispatchConfig.DEFAULT_REPLAY_RETENTION);
        this.dispatch = new Dispatch(
                parts,
                limits,
                new Dispatch.Chores(
                        () -> quota.count(parts.queue()::depths),
                        pauses::releaseForgotten,
                        () -> forgetOld(replays, parts, kept)),
                new Ends());
        this.accepted = Counter.builder("onward.dispatch.accepted")
                .description("Durable calls that this process accepted")
                .register(meters);
        this.late = Counter.builder("onward.dispatch.late")
                .description("Results that came after another process had taken the call over; they are not kept")
                .register(meters);
        Gauge.builder("onward.dispatch.in.flight", dispatch, Dispatch::inFlight)
                .description("Durable calls that this process runs")
                .register(meters);
    }

    /**
     * Stores a call; it runs from then on.
     *
     * @return fails with what the database threw
     * @throws QueueFullException when its sandbox has no room
     * @throws dev.onward.invocation.OverloadedException when too many calls wait to be stored
     */
    CompletionStage<Told> accept(Asked asked) {
        DurableCall call = asked.call();
        quota.take(call.sandbox(), call.bytes());
        CompletionStage<Told> stored;
        try {
            stored = accepts.add(asked);
        } catch (RuntimeException refused) {
            quota.give(call.sandbox(), call.bytes());
            throw refused;
        }
        return stored.whenComplete((told, failure) -> {
            if (failure == null && told.isNew()) {
                accepted.increment();
                dispatch.accepted(call.lane());
            } else {
                quota.give(call.sandbox(), call.bytes());
            }
        });
    }

    /** Calls were stored by somebody else's transaction, which has committed. */
    void stored(Collection<DurableCall> stored) {
        accepted.increment(stored.size());
        queued(stored);
    }

    private void queued(Collection<DurableCall> stored) {
        stored.forEach(call -> quota.takeStored(call.sandbox(), call.bytes()));
        stored.stream().map(DurableCall::lane).distinct().forEach(dispatch::accepted);
    }

    boolean hasRoom(Sandbox sandbox) {
        return quota.hasRoom(sandbox);
    }

    private static void forgetOld(ReplayStore replays, Dispatch.Parts parts, Duration kept) {
        replays.forgetBefore(parts.time().clock().instant().minus(kept), MOST_FORGOTTEN);
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        dispatch.begin();
        accepts.begin();
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        dispatch.stop();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent event) {
        accepts.close(LONGEST_WRITE);
        dispatch.close(LONGEST_CALL, LONGEST_WRITE);
    }

    private final class Ends implements Outcomes.Listener {

        @Override
        public void ended(Claim claim, CallRecord record) {
            quota.give(claim.call().sandbox(), claim.call().bytes());
        }

        @Override
        public void calledBack(List<DurableCall> callbacks) {
            queued(callbacks);
        }

        @Override
        public void putBack(Claim claim) {}

        @Override
        public void tooLate(Claim claim) {
            late.increment();
        }
    }
}
