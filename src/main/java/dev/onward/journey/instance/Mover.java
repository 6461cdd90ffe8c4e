package dev.onward.journey.instance;

import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.call.CallOrigin;
import dev.onward.call.Outcome;
import dev.onward.dispatch.StepCalls;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.journey.consent.Consent;
import dev.onward.journey.instance.CallEnding.Fault;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.journey.mapping.Stop;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Moves instances on: walks, and makes their calls ready. Nothing is stored. Thread-safe; blocks for a definition. */
final class Mover {

    private static final Logger LOG = Logger.getLogger(Mover.class);
    private static final long LONGEST_READ_SECONDS = 10;

    private final ActionCatalogue actions;
    private final StepCalls calls;
    private final RandomGenerator random;

    Mover(ActionCatalogue actions, StepCalls calls, RandomGenerator random) {
        this.actions = actions;
        this.calls = calls;
        this.random = random;
    }

    /**
     * An instance that has moved.
     *
     * @param data of it, as text
     * @param call that it waits for
     * @param skipped calls that are not made, because the person does not consent
     */
    record Moved(Progress progress, String data, Optional<DurableCall> call, List<DurableCall> skipped) {}

    /** How an instance begins to move. */
    interface Start {
        Progress of(Walk walk);
    }

    /**
     * Moves an instance until it must wait; a fault of ours ends it.
     *
     * @throws ActionUnreadableException when a definition cannot be read now
     */
    Moved move(Known known, Instance instance, Start start, Instant now) {
        try {
            return moved(known, instance, start, now);
        } catch (ActionUnreadableException soon) {
            throw soon;
        } catch (RuntimeException bug) {
            LOG.errorf(
                    bug,
                    "the instance %s of the journey %s failed by a fault of Onward",
                    instance.id(),
                    instance.journey().name());
            Progress ended = new Walk(known, instance, random, now)
                    .fails("", new Fault(StepIssue.INTERNAL, "a fault of Onward"));
            return whole(ended, Optional.empty(), List.of());
        }
    }

    /** Ends an instance whose version does not fit its actions any more. */
    static Moved lost(InstanceRow row, Instant now) {
        Fault fault = new Fault(StepIssue.VERSION_UNFIT, "the version does not fit its actions any more");
        StepRecord record = new StepRecord(
                row.instance().steps(), now, row.step(), StepFields.ERROR, StepFields.ofFault("Action", fault));
        Instance instance = row.instance().after(row.instance().data());
        Progress ended = new Progress(instance, List.of(record), new Halt.Ended(row.step(), Ending.FAILED));
        return whole(ended, Optional.empty(), List.of());
    }

    private Moved moved(Known known, Instance instance, Start start, Instant now) {
        List<DurableCall> skipped = new ArrayList<>();
        Progress progress = start.of(new Walk(known, instance, random, now));
        for (Optional<Halt.Calls> made = progress.halt().call();
                made.isPresent();
                made = progress.halt().call()) {
            Halt.Calls halt = made.get();
            Instance at = progress.instance();
            Action action = action(at.sandbox(), halt.act());
            CallEnding ending;
            try {
                DurableCall call = calls.prepare(
                        action, halt.invocation(), origin(at, halt), halt.act().version());
                if (!Consent.isRefused(at.data().profile(), action.definition().document())) {
                    return small(known, whole(progress, Optional.of(call), skipped), now);
                }
                skipped.add(call);
                ending = CallEnding.skipped(call.ended(new Outcome.SkippedConsent(), now));
            } catch (ArgumentsInvalidException | InvalidException unfit) {
                ending = CallEnding.faulty(
                        new Fault(StepIssue.ARGUMENTS_INVALID, String.valueOf(unfit.getMessage())),
                        Optional.of(Target.of(action)));
            }
            progress =
                    new Walk(known, at, random, now).called(halt.step(), ending).behind(progress.records());
        }
        return small(known, whole(progress, Optional.empty(), skipped), now);
    }

    private static Moved whole(Progress progress, Optional<DurableCall> call, List<DurableCall> skipped) {
        return new Moved(progress, progress.instance().data().text(), call, skipped);
    }

    /** An instance that has grown too large ends, without what made it so. */
    private Moved small(Known known, Moved moved, Instant now) {
        if (moved.data().length() <= InstanceData.MAX_LENGTH) {
            return moved;
        }
        Fault fault = new Fault(
                StepIssue.INSTANCE_TOO_LARGE,
                "event, profile and answers have more than " + InstanceData.MAX_LENGTH + " characters");
        Progress progress = moved.progress();
        Progress ended = new Walk(known, progress.instance().emptied(), random, now)
                .fails(progress.halt().step(), fault)
                .behind(progress.records());
        return whole(ended, Optional.empty(), moved.skipped());
    }

    private Action action(Sandbox sandbox, Stop.Act act) {
        try {
            var found = act.version().isPresent()
                    ? actions.find(sandbox, act.action(), act.version().getAsInt())
                    : actions.find(sandbox, act.action());
            return found.toCompletableFuture()
                    .get(LONGEST_READ_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> new IllegalStateException("the action " + act.action() + " is not there"));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new ActionUnreadableException(closing);
        } catch (ExecutionException | TimeoutException unreadable) {
            throw new ActionUnreadableException(unreadable);
        }
    }

    private static CallOrigin origin(Instance instance, Halt.Calls halt) {
        return new CallOrigin(
                Optional.empty(),
                Optional.of(instance.profileId()),
                Optional.of(instance.journey().name()),
                Optional.of(halt.step()),
                Optional.of(instance.id().toString()));
    }
}
