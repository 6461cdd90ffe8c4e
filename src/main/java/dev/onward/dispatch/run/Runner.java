package dev.onward.dispatch.run;

import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.CallbackReceiver;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRecord;
import dev.onward.call.Delivery;
import dev.onward.call.Outcome;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import dev.onward.dispatch.store.OutcomeStore.Waiting;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.invocation.Invocation;
import dev.onward.invocation.InvocationReader;
import dev.onward.invocation.Invoker;
import dev.onward.invocation.OverloadedException;
import dev.onward.invocation.Run;
import dev.onward.value.InOrder;
import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Runs one claimed call on the latest version of its action, and says what is to be written of it. Thread-safe; it never
 * waits.
 */
final class Runner {

    private static final Logger LOG = Logger.getLogger(Runner.class);

    /** While the definition cannot be read, or this process is full. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ActionCatalogue catalogue;
    private final Invoker invoker;
    private final Horizon horizon;
    private final Pauses pauses;
    private final Lines lines;
    private final Clock clock;
    private final InOrder<Lane> order = new InOrder<>();

    /**
     * What it works with.
     *
     * @param lines in which calls stand
     */
    record Parts(
            ActionCatalogue catalogue, Invoker invoker, Horizon horizon, Pauses pauses, Lines lines, Clock clock) {}

    Runner(Parts parts) {
        this.catalogue = parts.catalogue();
        this.invoker = parts.invoker();
        this.horizon = parts.horizon();
        this.pauses = parts.pauses();
        this.lines = parts.lines();
        this.clock = parts.clock();
    }

    /** Runs the call; the stage never fails. */
    CompletionStage<Result> run(Claim claim) {
        Optional<Outcome> settled = settled(claim);
        if (settled.isPresent()) {
            return CompletableFuture.completedStage(end(claim, settled.get()));
        }
        CompletableFuture<Result> result = new CompletableFuture<>();
        CompletionStage<Optional<Action>> action = action(claim.call());
        order.after(claim.call().lane(), action, () -> {
            var unused = action.handle(
                            (found, unreadable) -> unreadable == null ? run(claim, found) : later(claim, unreadable))
                    .thenCompose(next -> next)
                    .exceptionally(bug -> broken(claim, bug))
                    .thenAccept(result::complete);
        });
        return result;
    }

    /** The latest version, unless the call asks for another. A callback has an action of its own. */
    private CompletionStage<Optional<Action>> action(DurableCall call) {
        if (call.isCallback()) {
            return CompletableFuture.completedStage(
                    CallbackReceiver.stored(call.target().url()).map(receiver -> receiver.action(call.sandbox())));
        }
        return call.pinned().isPresent()
                ? catalogue.find(call.sandbox(), call.action(), call.pinned().getAsInt())
                : catalogue.find(call.sandbox(), call.action());
    }

    /** How it ends without being run. */
    private Optional<Outcome> settled(Claim claim) {
        if (claim.doomed()) {
            return Optional.of(new Outcome.Cancelled(
                    new CallError(CallErrorCode.CANCELLED, "its person was erased before its next attempt")));
        }
        if (!clock.instant().isBefore(claim.call().deadline())) {
            return Optional.of(new Outcome.Expired(
                    new CallError(CallErrorCode.TOO_OLD, "it was not sent within durable.maxAge of its action")));
        }
        return claim.inDoubt() && claim.call().atMostOnce() ? Optional.of(unknown()) : Optional.empty();
    }

    private CompletionStage<Result> run(Claim claim, Optional<Action> found) {
        if (found.isEmpty()) {
            return CompletableFuture.completedStage(
                    end(claim, unrenderable("the action was deleted after this call was accepted")));
        }
        Action action = found.get();
        if (claim.inDoubt() && action.definition().policy().delivery() == Delivery.AT_MOST_ONCE) {
            return CompletableFuture.completedStage(end(claim, unknown()));
        }
        if (pauses.isPaused(action.sandbox(), action.name())) {
            return CompletableFuture.completedStage(unsent(claim, new Waiting.Held(), Optional.empty()));
        }
        try {
            return invoke(claim, action);
        } catch (OverloadedException full) {
            return CompletableFuture.completedStage(soon(claim));
        } catch (ArgumentsInvalidException | InvalidException unfit) {
            String message = "nothing more was sent: the call does not fit version " + action.version()
                    + " of its action, " + unfit.getMessage();
            return CompletableFuture.completedStage(end(claim, unrenderable(message)));
        }
    }

    private CompletionStage<Result> invoke(Claim claim, Action action) {
        DurableCall call = claim.call();
        boolean once = call.atMostOnce() || action.definition().policy().delivery() == Delivery.AT_MOST_ONCE;
        Invocation invocation = InvocationReader.read(StrictJson.readStored(call.invocation()));
        Duration queued = call.age(clock.instant());
        return invoker.run(
                        action, invocation, call.origin(), call.id(), call.id().toString(), lines.of(claim, once))
                .thenApply(run -> after(claim, action, run, queued));
    }

    private Result after(Claim claim, Action action, Run run, Duration queued) {
        Instant now = clock.instant();
        List<AttemptRecord> attempts = numbered(run.result().record().attempts(), claim.attempts(), queued);
        CallRecord record = run.result().record().since(claim.call().age(now), attempts);
        return horizon.after(run, claim, action.definition().durability(), now)
                .<Result>map(next -> new Result.Wait(
                        new Again(claim, place(next), next.failed(), attempts, record), next.laneWaits()))
                .orElseGet(() -> new Result.End(new Ended(
                        claim, record, run.result().response(), run.result().errorResponse())));
    }

    private static Waiting place(Horizon.Again next) {
        return next.at().<Waiting>map(Waiting.Delayed::new).orElseGet(Waiting.Ready::new);
    }

    /** The attempts in the count of the whole call, whose first one has the time that the call was queued. */
    private static List<AttemptRecord> numbered(List<AttemptRecord> attempts, int before, Duration queued) {
        List<AttemptRecord> numbered = new ArrayList<>(attempts.size());
        for (AttemptRecord attempt : attempts) {
            int number = before + attempt.number();
            numbered.add(number == 1 ? attempt.heldBack(queued) : attempt.numbered(number));
        }
        return numbered;
    }

    private CompletionStage<Result> later(Claim claim, Throwable unreadable) {
        LOG.debugf(
                unreadable,
                "the definition of %s cannot be read now",
                claim.call().action());
        return CompletableFuture.completedStage(soon(claim));
    }

    private Result broken(Claim claim, Throwable bug) {
        LOG.errorf(
                bug,
                "a durable call of action %s failed by a fault of Onward",
                claim.call().action());
        CallError error = new CallError(CallErrorCode.INTERNAL, "a fault of Onward itself; it may have been sent");
        return end(claim, new Outcome.Failed(OptionalInt.empty(), Optional.of(error)));
    }

    /** In its old place, which nothing younger overtakes. */
    private Result soon(Claim claim) {
        return unsent(claim, new Waiting.Ready(), Optional.of(MOMENT));
    }

    private Result unsent(Claim claim, Waiting place, Optional<Duration> laneWaits) {
        Outcome cancelled = new Outcome.Cancelled(
                new CallError(CallErrorCode.CANCELLED, "its person was erased before its next attempt"));
        CallRecord otherwise = claim.call().ended(cancelled, clock.instant());
        return new Result.Wait(new Again(claim, place, false, List.of(), otherwise), laneWaits);
    }

    private Result end(Claim claim, Outcome outcome) {
        return new Result.End(new Ended(claim, claim.call().ended(outcome, clock.instant())));
    }

    private static Outcome unknown() {
        CallError error = new CallError(
                CallErrorCode.OUTCOME_UNKNOWN,
                "the process that was sending it ended; delivery is at-most-once, so it is not sent again");
        return new Outcome.Failed(OptionalInt.empty(), Optional.of(error));
    }

    private static Outcome unrenderable(String message) {
        return new Outcome.Failed(
                OptionalInt.empty(), Optional.of(new CallError(CallErrorCode.NOT_RENDERABLE, message)));
    }
}
