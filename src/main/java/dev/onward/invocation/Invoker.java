package dev.onward.invocation;

import dev.onward.action.Action;
import dev.onward.call.CallEngine;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallId;
import dev.onward.call.CallIds;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallPolicy;
import dev.onward.call.CallRecord;
import dev.onward.call.CallRecorder;
import dev.onward.call.CallRecorder.Reservation;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.Line;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Place;
import dev.onward.call.auth.AuthenticationException;
import dev.onward.call.auth.Authenticator;
import dev.onward.secret.Masker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Runs an action for one profile: check, render, call, extract, record. Thread-safe; it never blocks its caller.
 */
public final class Invoker {

    private static final Logger LOG = Logger.getLogger(Invoker.class);

    private final RequestRenderer renderer;
    private final Authenticator authenticator;
    private final CallEngine engine;
    private final CallRecorder recorder;
    private final CallIds callIds;
    private final CallMetrics metrics;
    private final Pausing pausing;

    Invoker(
            RequestRenderer renderer,
            Authenticator authenticator,
            CallEngine engine,
            CallRecorder recorder,
            CallIds callIds,
            CallMetrics metrics) {
        this.renderer = renderer;
        this.authenticator = authenticator;
        this.engine = engine;
        this.recorder = recorder;
        this.callIds = callIds;
        this.metrics = metrics;
        this.pausing = Pausing.NOTHING;
    }

    private Invoker(Invoker other, Pausing pausing) {
        this.renderer = other.renderer;
        this.authenticator = other.authenticator;
        this.engine = other.engine;
        this.recorder = other.recorder;
        this.callIds = other.callIds;
        this.metrics = other.metrics;
        this.pausing = pausing;
    }

    /** The same, whose calls fail at once while they are paused. */
    Invoker heeding(Pausing told) {
        return new Invoker(this, told);
    }

    /** A fresh name for a call. */
    public CallId newCallId() {
        return callIds.next();
    }

    /**
     * The message as it would be sent, but for what proves its sender.
     *
     * @throws ArgumentsInvalidException when arguments or path do not fit
     */
    public OutboundRequest render(Action action, Invocation invocation) {
        return renderer.render(action.definition(), invocation);
    }

    /** The message as it would be sent, what proves its sender masked. */
    OutboundRequest preview(Action action, Invocation invocation) {
        return Authenticator.preview(render(action, invocation), action.credential());
    }

    /**
     * Makes the call.
     *
     * @return completes when the call has ended and its record survives the death of the process
     * @throws ArgumentsInvalidException as {@link #begin}
     * @throws OverloadedException as {@link #begin}
     */
    public CompletionStage<InvocationResult> invoke(
            Action action, Invocation invocation, CallOrigin origin, CallId callId, String idempotencyKey) {
        return begin(action, invocation, origin, callId, idempotencyKey).thenCompose(EndedInvocation::recorded);
    }

    /**
     * Makes the call, and tells its end before it is recorded.
     *
     * @param callId fresh
     * @param idempotencyKey sent with every attempt
     * @return completes when the call has ended
     * @throws ArgumentsInvalidException when arguments or path do not fit; nothing was sent
     * @throws OverloadedException when the log has no room or the engine no place; nothing was sent
     */
    CompletionStage<EndedInvocation<InvocationResult>> begin(
            Action action, Invocation invocation, CallOrigin origin, CallId callId, String idempotencyKey) {
        Line line = Line.of(origin.journey().orElse(""));
        CallRequest request = request(action, invocation, origin, callId, idempotencyKey, line);
        Reservation room = recorder.reserve().orElseThrow(OverloadedException::ofLog);
        return runUnlessPaused(action, origin, request, place(room))
                .thenApply(run -> {
                    CallRecord record = run.result().record();
                    metrics.count(record);
                    return new EndedInvocation<>(room.record(record).thenApply(stored -> run.result()));
                })
                // Without effect after a record; a fault of ours must not take the room with it.
                .whenComplete((ended, fault) -> room.release());
    }

    /**
     * Makes the call without recording it: the caller keeps the record, and tells {@link #recorded} then. For work that is
     * stored already and may be run more than once.
     *
     * @param callId names the call in all its runs
     * @param idempotencyKey sent with every attempt of every run
     * @param line in which it stands
     * @return completes when this run has ended, on any thread
     * @throws ArgumentsInvalidException when arguments or path do not fit; nothing was sent
     * @throws OverloadedException when the engine has no place; nothing was sent
     */
    public CompletionStage<Run> run(
            Action action, Invocation invocation, CallOrigin origin, CallId callId, String idempotencyKey, Line line) {
        CallRequest request = request(action, invocation, origin, callId, idempotencyKey, line);
        Place place = engine.tryEnter().orElseThrow(() -> OverloadedException.ofEngine(engine.inFlight()));
        return run(action, origin, request, place);
    }

    /** Counts a call that was run by {@link #run} and whose record is kept now. */
    public void recorded(CallRecord record) {
        metrics.count(record);
    }

    private CompletionStage<Run> runUnlessPaused(Action action, CallOrigin origin, CallRequest request, Place place) {
        if (!pausing.isPaused(action.sandbox(), action.name(), request.message().origin())) {
            return run(action, origin, request, place);
        }
        place.giveBack();
        CallError paused = new CallError(CallErrorCode.PAUSED, "nothing was sent: the action or its host is paused");
        Outcome failed = new Outcome.Failed(OptionalInt.empty(), Optional.of(paused));
        CallResult result =
                new CallResult(failed, Optional.empty(), List.of(), Optional.empty(), Masker.NONE, Duration.ZERO);
        return CompletableFuture.completedStage(ended(action, origin, request, result));
    }

    private CompletionStage<Run> run(Action action, CallOrigin origin, CallRequest request, Place place) {
        return engine.call(request, place)
                .exceptionally(Invoker::fault)
                .thenApply(result -> ended(action, origin, request, result));
    }

    private static Run ended(Action action, CallOrigin origin, CallRequest request, CallResult result) {
        MappedResponse mapped = mapped(result, action);
        CallRecord record = record(action, origin, request, result, mapped);
        InvocationResult told =
                new InvocationResult(record, mapped.response(), mapped.errorResponse(), result.authentication());
        return new Run(told, result.again());
    }

    private CallRequest request(
            Action action, Invocation invocation, CallOrigin origin, CallId callId, String idempotencyKey, Line line) {
        OutboundRequest message = render(action, invocation);
        CallPolicy policy = policy(action, invocation);
        return new CallRequest(
                callId,
                action.sandbox(),
                message,
                policy,
                idempotencyKey,
                origin.trace(),
                action.credential(),
                Masker.NONE,
                line);
    }

    /** Fetches a token, if the action needs one; completes as soon as that has worked or failed. */
    CompletionStage<AuthenticationCheck> checkAuthentication(Action action) {
        OutboundRequest nothing = new OutboundRequest(
                action.definition().endpoint().method(),
                action.definition().endpoint().destination(),
                List.of(),
                Optional.empty());
        CallId callId = callIds.next();
        CallRequest request = new CallRequest(
                callId,
                action.sandbox(),
                nothing,
                action.definition().policy(),
                callId.toString(),
                Optional.empty(),
                action.credential(),
                Masker.NONE,
                Line.NONE);
        return authenticator.sign(request).handle((signed, fault) -> {
            if (signed != null) {
                return new AuthenticationCheck(Optional.empty(), signed.exchange());
            }
            AuthenticationException refused = AuthenticationException.of(fault);
            return new AuthenticationCheck(Optional.of(refused.error()), refused.exchange());
        });
    }

    private Place place(Reservation room) {
        return engine.tryEnter().orElseThrow(() -> {
            room.release();
            return OverloadedException.ofEngine(engine.inFlight());
        });
    }

    /** A bug ends the call as well, and the log has it. */
    private static CallResult fault(Throwable bug) {
        LOG.error("a call failed by a fault of Onward", bug);
        CallError error = new CallError(CallErrorCode.INTERNAL, "a fault of Onward itself; it may have been sent");
        Outcome failed = new Outcome.Failed(OptionalInt.empty(), Optional.of(error));
        return new CallResult(failed, Optional.empty(), List.of(), Optional.empty(), Masker.NONE, Duration.ZERO);
    }

    /** The call was made whatever its answer's bytes do to the mapping. */
    private static MappedResponse mapped(CallResult result, Action action) {
        try {
            return ResponseMapper.map(result, action.definition()).masked(result.masker());
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "the answer to action %s could not be mapped", action.name());
            return new MappedResponse(result.outcome(), Optional.empty(), Optional.empty(), List.of());
        }
    }

    /** How the call of an invocation is made. */
    static CallPolicy policy(Action action, Invocation invocation) {
        CallPolicy policy = action.definition().policy();
        return invocation.timeout().map(policy::withWindow).orElse(policy);
    }

    private static CallRecord record(
            Action action, CallOrigin origin, CallRequest request, CallResult result, MappedResponse mapped) {
        OutboundRequest message = request.message();
        // What was never signed has no masker of its own.
        Masker masker = result.masker().isEmpty() ? action.credential().masker() : result.masker();
        return new CallRecord(
                request.id(),
                request.id().madeAt(),
                action.sandbox(),
                action.name(),
                action.version(),
                origin,
                mapped.outcome(),
                result.elapsed(),
                message.method(),
                masker.maskUrl(message.destination().url()),
                message.destination().host(),
                result.attempts(),
                mapped.warnings());
    }
}
