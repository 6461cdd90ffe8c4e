package dev.onward.call;

import dev.onward.call.Admission.Pass;
import dev.onward.call.Timer.Scheduled;
import dev.onward.call.retry.Progress;
import dev.onward.call.retry.RedirectRule;
import dev.onward.call.retry.RetryDecision;
import dev.onward.call.retry.RetryRule;
import dev.onward.call.retry.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One call on its way: what the rules decide, it carries out. Its steps follow one another, each begun by the end of the
 * one before, so its fields need no lock: the hand-over between threads is that of the exchange's stage, of the timer and
 * of the admission.
 */
final class RunningCall {

    private final EngineParts parts;
    private final Place place;
    private final CallPolicy policy;
    private final long acceptedAtNanos;
    private final List<AttemptRecord> attempts = new ArrayList<>();
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private CallRequest request;
    private Optional<Pass> pass = Optional.empty();
    private long windowBegunAtNanos;
    private Duration heldBack = Duration.ZERO;
    private Progress progress = Progress.start();
    private int hops;
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
        if (policy.endpoint().maxConcurrency().isPresent()) {
            heldBack = Duration.ofNanos(windowBegunAtNanos - acceptedAtNanos);
        }
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
            admittedPass().beforeAttempt(remaining).carryOut(() -> send(remaining), this::hold, this::refuse);
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

    private void hold(Duration delay) {
        if (attempts.isEmpty()) {
            heldBack = heldBack.plus(delay);
        }
        schedule(delay);
    }

    private void schedule(Duration delay) {
        parts.timer().schedule(delay, this::attempt);
    }

    private void refuse(CallError reason) {
        finish(RetryRule.refused(reason, situation()));
    }

    private void send(Duration remaining) {
        AttemptStart start = new AttemptStart(
                attempts.size() + 1,
                parts.clock().instant(),
                request.message().method(),
                attempts.isEmpty() ? heldBack : Duration.ZERO);
        Exchange exchange = parts.transport().send(request, start.number());
        Scheduled deadline = scheduleDeadline(exchange, remaining);
        exchange.done().whenComplete((report, bug) -> {
            deadline.cancel();
            if (report == null) {
                fail(bug);
            } else {
                guarded(() -> ended(report, start));
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

    private void ended(ExchangeReport report, AttemptStart start) {
        AttemptEnd end = report.end();
        admittedPass().afterAttempt(end);
        progress = progress.after(end);
        lastAnswer = end.map(answered -> Optional.of(answered.answer()), failed -> lastAnswer);
        again = RetryRule.again(end, situation());
        RetryDecision next = withinBudget(decide(end));
        attempts.add(start.ended(report, next.retryIn()));
        next.carryOut(this::schedule, this::redirect, this::finish);
    }

    private RetryDecision decide(AttemptEnd end) {
        return end.map(
                        answered -> RedirectRule.after(
                                answered.answer(),
                                request.message(),
                                policy.endpoint().redirects(),
                                hops),
                        failed -> Optional.<RetryDecision>empty())
                .orElseGet(() -> parts.rule().after(end, situation()));
    }

    private RetryDecision withinBudget(RetryDecision decision) {
        boolean fits = decision.retryIn().isEmpty() || admittedPass().tryRetry();
        return fits ? decision : RetryRule.overBudget(situation());
    }

    private void redirect(OutboundRequest next) {
        hops++;
        progress = progress.redirected();
        request = request.withMessage(next);
        attempt();
    }

    private void finish(Outcome outcome) {
        leave();
        Duration elapsed = Duration.ofNanos(parts.timer().nanoTime() - acceptedAtNanos);
        result.complete(new CallResult(outcome, lastAnswer, attempts, elapsed, again));
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
}
