package dev.onward.dispatch;

import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.ActionException;
import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.CallNotFoundException;
import dev.onward.calllog.search.CallLogStore;
import dev.onward.calllog.search.LogPage;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.dispatch.Accepts.Earlier;
import dev.onward.dispatch.store.PendingStore;
import dev.onward.dispatch.store.ReplayStore;
import dev.onward.dispatch.store.ReplayStore.Stored;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.Invocations.Target;
import dev.onward.value.InvalidException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Runs ended calls again, each as a new durable call that names the old one. A journey's call is run again outside its
 * instance, which has gone on: the new one names journey and step while the log has the old one, and no instance, so that
 * {@link dev.onward.dispatch.store.CallEnds} does not hear of it and it has the horizon of every other durable call.
 * Blocking, thread-safe.
 */
@ApplicationScoped
class Replays {

    /** Of one request; more calls than these are left for the next. */
    static final int MOST = 10_000;

    private static final long NANOS = 1_000_000_000L;

    private final ReplayStore stored;
    private final CallLogStore ended;
    private final PendingStore pending;
    private final CallLog log;
    private final ActionCatalogue catalogue;
    private final Accepts accepts;
    private final Clock clock;

    Replays(Kept kept, ActionCatalogue catalogue, Accepts accepts, Clock clock) {
        this.stored = kept.stored();
        this.ended = kept.ended();
        this.pending = kept.pending();
        this.log = kept.log();
        this.catalogue = catalogue;
        this.accepts = accepts;
        this.clock = clock;
    }

    /** Where calls are looked up. */
    record Kept(ReplayStore stored, CallLogStore ended, PendingStore pending, CallLog log) {}

    /**
     * How many to run again.
     *
     * @param perSecond at most
     * @param sameVersion whether each runs on the version of its acceptance, not on the latest
     * @param dry whether they are only counted
     */
    record Terms(int perSecond, boolean sameVersion, boolean dry) {}

    /**
     * What became of a request for many.
     *
     * @param matching calls of the log, {@value #MOST} at most
     * @param replayable those whose invocation is kept
     * @param accepted those that are run again
     * @param refused those that do not fit their action any more
     */
    record Count(int matching, int replayable, int accepted, int refused) {}

    /**
     * Runs one call again.
     *
     * @param target who asks; its name is not looked at
     * @throws CallNotFoundException when there is no such call in scope
     * @throws NotReplayableException when its invocation is not kept
     */
    CompletionStage<InvocationAnswer> replay(LogScope scope, Target target, Optional<CallId> id, boolean sameVersion) {
        CallId callId = id.orElseThrow(CallNotFoundException::new);
        Stored kept = stored.find(scope, List.of(callId)).get(callId);
        if (kept == null) {
            throw isKnown(scope, callId) ? new NotReplayableException() : new CallNotFoundException();
        }
        return accept(new Earlier(kept, origin(scope, callId)), target, sameVersion, Optional.empty());
    }

    /** Runs the calls of the log again that match, or counts them, newest first. */
    Count replay(LogQuery query, Target target, Terms terms) {
        log.awaitForReader();
        Instant first = clock.instant();
        Count count = new Count(0, 0, 0, 0);
        Optional<LogQuery> next = Optional.of(query);
        while (next.isPresent() && count.matching() < MOST) {
            LogPage page = ended.find(next.get());
            List<Earlier> kept = kept(query.scope(), page.calls());
            Count before = new Count(
                    count.matching() + page.calls().size(),
                    count.replayable() + kept.size(),
                    count.accepted(),
                    count.refused());
            count = terms.dry() ? before : accept(kept, target, terms, before, first);
            next = page.next()
                    .map(cursor -> new LogQuery(query.scope(), query.filter(), Optional.of(cursor), query.limit()));
        }
        return count;
    }

    private List<Earlier> kept(LogScope scope, List<LoggedCall> calls) {
        Map<CallId, Stored> kept =
                stored.find(scope, calls.stream().map(LoggedCall::callId).toList());
        List<Earlier> inOrder = new ArrayList<>(kept.size());
        for (LoggedCall call : calls) {
            Optional.ofNullable(kept.get(call.callId()))
                    .ifPresent(each -> inOrder.add(new Earlier(each, call.origin())));
        }
        return inOrder;
    }

    private Count accept(List<Earlier> kept, Target target, Terms terms, Count before, Instant first) {
        List<CompletionStage<InvocationAnswer>> asked = new ArrayList<>(kept.size());
        int refused = 0;
        for (Earlier each : kept) {
            long number = (long) before.accepted() + asked.size();
            Instant at = first.plusNanos(number * NANOS / terms.perSecond());
            try {
                asked.add(accept(each, target, terms.sameVersion(), Optional.of(at)));
            } catch (ArgumentsInvalidException | InvalidException | ActionException unfit) {
                refused++;
            }
        }
        asked.forEach(each -> each.toCompletableFuture().join());
        return new Count(
                before.matching(), before.replayable(), before.accepted() + asked.size(), before.refused() + refused);
    }

    private CompletionStage<InvocationAnswer> accept(
            Earlier kept, Target target, boolean sameVersion, Optional<Instant> notBefore) {
        Stored asked = kept.stored();
        OptionalInt version = sameVersion ? OptionalInt.of(asked.version()) : OptionalInt.empty();
        Action action = action(asked, target, sameVersion).orElseThrow(() -> ActionException.notFound(asked.action()));
        return accepts.again(action, target, kept, version, notBefore);
    }

    private Optional<Action> action(Stored kept, Target target, boolean sameVersion) {
        CompletionStage<Optional<Action>> found = sameVersion
                ? catalogue.find(target.sandbox(), kept.action(), kept.version())
                : catalogue.find(target.sandbox(), kept.action());
        try {
            return found.toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** Nobody's, when the log has forgotten the call sooner than what it asked for. */
    private CallOrigin origin(LogScope scope, CallId callId) {
        return ended.find(scope, callId)
                .map(found -> found.call().origin())
                .orElseGet(() -> new CallOrigin(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private boolean isKnown(LogScope scope, CallId callId) {
        log.awaitForReader();
        return pending.find(scope, callId).isPresent()
                || ended.find(scope, callId).isPresent();
    }
}
