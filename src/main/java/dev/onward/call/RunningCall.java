package dev.onward.call;

import dev.onward.call.Admission.Pass;
import dev.onward.call.Timer.Scheduled;
import dev.onward.call.auth.AuthenticationException;
import dev.onward.call.auth.SignedRequest;
import dev.onward.call.retry.Progress;
import dev.onward.call.retry.RedirectRule;
import dev.onward.call.retry.RetryDecision;
import dev.onward.call.retry.RetryRule;
import dev.onward.call.retry.Situation;
import dev.onward.secret.Masker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: what the rules decide, it carries out. Its steps follow one another, each begun by the end of the
 * one before, so its fields need no lock: the hand-over between threads is that of the exchange's stage, of the timer and
 * of the admission.
 */
final class RunningCall {

    private static final int UNAUTHORIZED = 401;
    private static final String UNINTENDED =
            "nothing was sent: that it is about to be sent could not be stored, or it was taken over";
    private static final String PAUSED = "nothing was sent: the action, or its host, was paused while the call waited";

    private final EngineParts parts;
    private final Place place;
    private final CallPolicy policy;
    private final long acceptedAtNanos;
    private final List<AttemptRecord> attempts = new ArrayList<>();
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private CallRequest request;
    private Optional<Pass> pass = Optional.empty();
    private long windowBegunAtNanos;
    private Optional<CompletionStage<?>> intent = Optional.empty();
    private Duration heldBack = Duration.ZERO;
    private Progress progress = Progress.start();
    private int hops;
    private boolean renewed;
    private Masker masker = Masker.NONE;
    private Optional<AttemptRecord> authentication = Optional.empty();
    private Optional<Answer> lastAnswer = Optional.empty();
    private Optional<Duration> again = Optional.empty();

    RunningCall(CallRequest request, Place place, EngineParts parts) {
        this.request = request;
        this.place = place;
        this.parts = parts;
        this.policy = request.policy();
        this.acceptedAtNanos = parts.timer().nanoTime();
        this.windowBegunAtNanos = acceptedAtNanos;
    }

    CompletionStage<CallResult> begin() {
        guarded(() -> parts.admission().admit(request, this::admitted, this::finish));
        return result;
    }

    private void admitted(Pass granted) {
        pass = Optional.of(granted);
        windowBegunAtNanos = parts.timer().nanoTime();
        request.line().admitted(Duration.ofNanos(windowBegunAtNanos - acceptedAtNanos));
        intent = request.line().intent();
        heldBack = Duration.ofNanos(windowBegunAtNanos - acceptedAtNanos);
        attempt();
    }

    /** The one place where an attempt begins, unless a guard comes between. */
    private void attempt() {
        guarded(() -> {
            Duration remaining = remaining();
            if (remaining.isNegative() || remaining.isZero()) {
                finish(RetryRule.windowOver(situation()));
                return;
            }
            if (intent.isPresent()) {
                intend(intent.get(), remaining);
            } else if (request.credential().isNone()) {
                ask(request, Optional.empty(), remaining);
            } else {
                authenticate(remaining);
            }
        });
    }

    /** Whoever sends must have said so before, where that matters. */
    private void intend(CompletionStage<?> told, Duration remaining) {
        intent = Optional.empty();
        CompletableFuture<?> written = told.toCompletableFuture().copy();
        Scheduled deadline =
                parts.timer().schedule(remaining, () -> written.completeExceptionally(new WindowOverException()));
        CompletionStage<?> end = written;
        end.whenComplete((done, fault) -> {
            deadline.cancel();
            if (fault == null) {
                attempt();
            } else {
                guarded(() -> refuse(unintended(fault)));
            }
        });
    }

    private static CallError unintended(Throwable fault) {
        boolean paused = fault instanceof LinePausedException || fault.getCause() instanceof LinePausedException;
        return paused
                ? new CallError(CallErrorCode.PAUSED, PAUSED)
                : new CallError(CallErrorCode.LIMITS_UNAVAILABLE, UNINTENDED);
    }

    /** As a rule at once; a token that has to be fetched first takes its time from the window. */
    private void authenticate(Duration remaining) {
        CompletableFuture<SignedRequest> signed =
                parts.authenticator().sign(request).toCompletableFuture().copy();
        CompletionStage<SignedRequest> end = signed;
        if (signed.isDone()) {
            end.whenComplete(this::authenticated);
            return;
        }
        admittedPass().waits();
        Scheduled deadline =
                parts.timer().schedule(remaining, () -> signed.completeExceptionally(new WindowOverException()));
        end.whenComplete((message, fault) -> {
            deadline.cancel();
            authenticated(message, fault);
        });
    }

    private void authenticated(@Nullable SignedRequest signed, @Nullable Throwable fault) {
        guarded(() -> {
            if (signed != null) {
                signed.exchange().ifPresent(exchange -> authentication = Optional.of(exchange));
                masker = signed.masker();
                ask(request.signed(signed), Optional.of(signed), remaining());
            } else if (fault instanceof WindowOverException) {
                finish(RetryRule.windowOver(situation()));
            } else {
                AuthenticationException refused = AuthenticationException.of(Objects.requireNonNull(fault));
                refused.exchange().ifPresent(exchange -> authentication = Optional.of(exchange));
                refuse(refused.error());
            }
        });
    }

    private void ask(CallRequest message, Optional<SignedRequest> signed, Duration remaining) {
        admittedPass().beforeAttempt(remaining).carryOut(new Permit.Steps() {
            @Override
            public void go() {
                send(message, signed, remaining);
            }

            @Override
            public void hold(Duration delay) {
                heldBack(delay);
                schedule(delay);
            }

            @Override
            public void await(Consumer<Runnable> turn) {
                awaitTurn(turn);
            }

            @Override
            public void refuse(CallError reason) {
                RunningCall.this.refuse(reason);
            }
        });
    }

    /** Whatever breaks ends the call: nobody else would, and its places would be lost. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private Situation situation() {
        return new Situation(policy, progress, remaining(), parts.clock().instant());
    }

    private Duration remaining() {
        return policy.window().minusNanos(parts.timer().nanoTime() - windowBegunAtNanos);
    }

    private Pass admittedPass() {
        return pass.orElseThrow();
    }

    /** Until the turn has come, or the window is over. */
    private void awaitTurn(Consumer<Runnable> turn) {
        long since = parts.timer().nanoTime();
        AtomicBoolean over = new AtomicBoolean();
        Runnable again = () -> {
            if (over.compareAndSet(false, true)) {
                heldBack(Duration.ofNanos(parts.timer().nanoTime() - since));
                attempt();
            }
        };
        Scheduled windowOver = parts.timer().schedule(remaining(), again);
        turn.accept(() -> {
            windowOver.cancel();
            again.run();
        });
    }

    private void heldBack(Duration delay) {
        if (attempts.isEmpty()) {
            heldBack = heldBack.plus(delay);
        }
    }

    private void schedule(Duration delay) {
        parts.timer().schedule(delay, this::attempt);
    }

    private void refuse(CallError reason) {
        finish(RetryRule.refused(reason, situation()));
    }

    private void send(CallRequest message, Optional<SignedRequest> signed, Duration remaining) {
        AttemptStart start = new AttemptStart(
                attempts.size() + 1,
                parts.clock().instant(),
                message.message().method(),
                attempts.isEmpty() ? heldBack : Duration.ZERO,
                admittedPass().isThrottled());
        Exchange exchange = parts.transport().send(message, start.number(), admittedPass());
        Scheduled deadline = scheduleDeadline(exchange, remaining);
        exchange.done().whenComplete((report, bug) -> {
            deadline.cancel();
            if (report == null) {
                fail(bug);
            } else {
                guarded(() -> ended(report, start, signed));
            }
        });
    }

    private Scheduled scheduleDeadline(Exchange exchange, Duration remaining) {
        boolean ownDeadline = policy.attemptTimeout().compareTo(remaining) < 0;
        return parts.timer()
                .schedule(
                        ownDeadline ? policy.attemptTimeout() : remaining,
                        () -> exchange.cancel(
                                ownDeadline ? RetryRule.attemptError(policy) : RetryRule.windowError(policy)));
    }

    private void ended(ExchangeReport report, AttemptStart start, Optional<SignedRequest> signed) {
        AttemptEnd end = report.end();
        admittedPass().afterAttempt(end);
        progress = progress.after(end);
        lastAnswer = end.map(answered -> Optional.of(answered.answer()), failed -> lastAnswer);
        if (isWorthNewToken(end, signed)) {
            renewed = true;
            progress = progress.uncounted();
            attempts.add(start.ended(report, Optional.of(Duration.ZERO)));
            attempt();
            return;
        }
        Situation situation = situation();
        again = RetryRule.again(end, situation);
        RetryDecision next = withinBudget(decide(end, situation), situation);
        attempts.add(start.ended(report, next.retryIn()));
        next.carryOut(this::schedule, this::redirect, this::finish);
    }

    /** Once in a call: a token may have been withdrawn before its time. */
    private boolean isWorthNewToken(AttemptEnd end, Optional<SignedRequest> signed) {
        boolean unauthorized = end.map(answered -> answered.answer().status() == UNAUTHORIZED, failed -> false);
        return unauthorized
                && !renewed
                && signed.filter(with -> parts.authenticator().refused(request, with))
                        .isPresent();
    }

    private RetryDecision decide(AttemptEnd end, Situation situation) {
        return end.map(
                        answered -> RedirectRule.after(
                                answered.answer(),
                                request.message(),
                                policy.endpoint().redirects(),
                                hops),
                        failed -> Optional.<RetryDecision>empty())
                .orElseGet(() -> parts.rule().after(end, situation));
    }

    private RetryDecision withinBudget(RetryDecision decision, Situation situation) {
        boolean fits = decision.retryIn().isEmpty() || admittedPass().tryRetry();
        return fits ? decision : RetryRule.overBudget(situation);
    }

    private void redirect(OutboundRequest next) {
        hops++;
        progress = progress.uncounted();
        boolean sameOrigin = next.destination().isSameOrigin(request.message().destination());
        request = (sameOrigin ? request : request.bare()).withMessage(next);
        attempt();
    }

    private void finish(Outcome outcome) {
        leave();
        Duration elapsed = Duration.ofNanos(parts.timer().nanoTime() - acceptedAtNanos);
        result.complete(new CallResult(outcome, lastAnswer, attempts, authentication, masker, elapsed, again));
    }

    private void fail(Throwable bug) {
        try {
            leave();
        } finally {
            result.completeExceptionally(bug);
        }
    }

    /** Before the end is told: who hears it finds the places free. */
    private void leave() {
        try {
            pass.ifPresent(Pass::leave);
        } finally {
            place.giveBack();
        }
    }

    /** The window ended while a token was awaited. */
    private static final class WindowOverException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WindowOverException() {
            super(null, null, false, false);
        }
    }
}
