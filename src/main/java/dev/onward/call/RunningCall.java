package dev.onward.call;

import dev.onward.call.Timer.Scheduled;
import dev.onward.call.retry.Progress;
import dev.onward.call.retry.RetryDecision;
import dev.onward.call.retry.RetryRule;
import dev.onward.call.retry.Situation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One call on its way. Its attempts follow one another, each begun by the end of the one before, so its fields need no
 * lock: the hand-over between threads is that of the exchange's stage and of the timer.
 */
final class RunningCall {

    private final CallRequest request;
    private final Transport transport;
    private final Timer timer;
    private final Clock clock;
    private final RetryRule rule;
    private final long begunAtNanos;
    private final List<AttemptRecord> attempts = new ArrayList<>();
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private Progress progress;
    private Optional<Answer> lastAnswer = Optional.empty();

    RunningCall(CallRequest request, Transport transport, Timer timer, Clock clock, RetryRule rule) {
        this.request = request;
        this.transport = transport;
        this.timer = timer;
        this.clock = clock;
        this.rule = rule;
        this.begunAtNanos = timer.nanoTime();
        this.progress = Progress.start();
    }

    CompletionStage<CallResult> begin() {
        attempt();
        return result;
    }

    /** The one place where an attempt begins: here a guard may come between. */
    private void attempt() {
        try {
            Duration remaining = remaining();
            if (remaining.isNegative() || remaining.isZero()) {
                finish(RetryRule.windowOver(situation()));
                return;
            }
            send(attempts.size() + 1, remaining);
        } catch (RuntimeException bug) {
            result.completeExceptionally(bug);
        }
    }

    private Situation situation() {
        return new Situation(request.policy(), progress, remaining(), clock.instant());
    }

    private Duration remaining() {
        return request.policy().window().minus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(timer.nanoTime() - begunAtNanos);
    }

    private void send(int number, Duration remaining) {
        Instant startedAt = clock.instant();
        Exchange exchange = transport.send(request, number);
        Scheduled deadline = scheduleDeadline(exchange, remaining);
        exchange.done().whenComplete((report, bug) -> {
            deadline.cancel();
            if (report == null) {
                result.completeExceptionally(bug);
            } else {
                ended(report, number, startedAt);
            }
        });
    }

    private Scheduled scheduleDeadline(Exchange exchange, Duration remaining) {
        CallPolicy policy = request.policy();
        boolean ownDeadline = policy.attemptTimeout().compareTo(remaining) < 0;
        CallError reason = ownDeadline
                ? new CallError(
                        CallErrorCode.ATTEMPT_TIMEOUT,
                        "the attempt took longer than attemptTimeout, " + policy.attemptTimeout())
                : RetryRule.windowError(policy);
        return timer.schedule(ownDeadline ? policy.attemptTimeout() : remaining, () -> exchange.cancel(reason));
    }

    private void ended(ExchangeReport report, int number, Instant startedAt) {
        try {
            AttemptEnd end = report.end();
            progress = progress.after(end);
            lastAnswer = end.map(answered -> Optional.of(answered.answer()), failed -> lastAnswer);
            RetryDecision next = rule.after(end, situation());
            attempts.add(record(report, number, startedAt, next.retryIn()));
            next.carryOut(delay -> timer.schedule(delay, this::attempt), this::finish);
        } catch (RuntimeException bug) {
            result.completeExceptionally(bug);
        }
    }

    private AttemptRecord record(ExchangeReport report, int number, Instant startedAt, Optional<Duration> retryIn) {
        AttemptEnd end = report.end();
        return new AttemptRecord(
                number,
                startedAt,
                request.message().method(),
                report.url(),
                report.request(),
                end.map(answered -> OptionalInt.of(answered.answer().status()), AttemptEnd.Failed::headStatus),
                report.response(),
                end.map(answered -> Optional.<CallError>empty(), failed -> Optional.of(failed.error())),
                report.timings(),
                report.connectionReused(),
                retryIn);
    }

    private void finish(Outcome outcome) {
        result.complete(new CallResult(outcome, lastAnswer, attempts, elapsed()));
    }
}
