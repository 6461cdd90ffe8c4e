package dev.onward.call.retry;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.AttemptEnd.Failed;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallPolicy;
import dev.onward.call.Delivery;
import dev.onward.call.Outcome;
import dev.onward.call.retry.RetryDecision.Done;
import dev.onward.call.retry.RetryDecision.GiveUp;
import dev.onward.call.retry.RetryDecision.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Decides what comes after an attempt. It changes nothing and waits for nothing. Thread-safe as its random source is. */
public final class RetryRule {

    private static final Set<CallErrorCode> NEVER_RETRIED =
            Set.of(CallErrorCode.TLS_UNTRUSTED, CallErrorCode.REQUEST_INVALID, CallErrorCode.INTERNAL);

    private final RandomGenerator random;

    public RetryRule(RandomGenerator random) {
        this.random = random;
    }

    public RetryDecision after(AttemptEnd end, Situation situation) {
        return end.map(
                answered -> afterAnswer(answered.answer(), situation), failed -> afterFailure(failed, situation));
    }

    /**
     * Whether another call would be worth making after this end of an attempt, were there retries and time left.
     *
     * @return how long the provider asks to wait at least, zero when it does not ask; empty when the end is final
     */
    public static Optional<Duration> again(AttemptEnd end, Situation situation) {
        RetryOn on = situation.policy().retry().on();
        return end.map(
                answered -> on.matches(answered.answer().status())
                        ? Optional.of(RetryAfter.of(answered.answer(), situation.now())
                                .orElse(Duration.ZERO))
                        : Optional.empty(),
                failed -> failed.error().code() != CallErrorCode.DESTINATION_REFUSED
                                && !isUnknown(failed, situation)
                                && isRetried(failed, on)
                        ? Optional.of(Duration.ZERO)
                        : Optional.empty());
    }

    /** How a call ends whose window closed between two attempts. */
    public static Outcome windowOver(Situation situation) {
        return timedOut(windowError(situation.policy()), situation);
    }

    /** Why an attempt is cancelled that is open when the window closes. */
    public static CallError windowError(CallPolicy policy) {
        return new CallError(
                CallErrorCode.TIMEOUT, "all attempts together took longer than timeout, " + policy.window());
    }

    /** Why an attempt is cancelled that takes longer than one may. */
    public static CallError attemptError(CallPolicy policy) {
        return new CallError(
                CallErrorCode.ATTEMPT_TIMEOUT,
                "the attempt took longer than attemptTimeout, " + policy.attemptTimeout());
    }

    /** How a call ends that would be tried again, when its host has too many retries under way: as it stands. */
    public static RetryDecision overBudget(Situation situation) {
        String last = situation.lastError().map(error -> ": " + error.message()).orElse("");
        CallError error = new CallError(
                CallErrorCode.RETRY_BUDGET,
                "not tried again, because a fifth of the calls to this host are retries already" + last);
        return new GiveUp(new Outcome.Failed(situation.lastStatus(), Optional.of(error)));
    }

    /** How a call ends whose next attempt a guard refuses: what was sent before is told as well. */
    public static Outcome refused(CallError reason, Situation situation) {
        if (situation.progress().attempts() == 0 && situation.lastStatus().isEmpty()) {
            CallError error = new CallError(reason.code(), "nothing was sent: " + reason.message());
            if (reason.code() == CallErrorCode.CAPPED) {
                return new Outcome.Capped(error);
            }
            return new Outcome.Failed(OptionalInt.empty(), Optional.of(error));
        }
        String last = situation
                .lastError()
                .map(error -> ", after: " + error.message())
                .orElse("");
        CallError error = new CallError(reason.code(), "not tried again: " + reason.message() + last);
        return new Outcome.Failed(situation.lastStatus(), Optional.of(error));
    }

    private RetryDecision afterAnswer(Answer answer, Situation situation) {
        int status = answer.status();
        if (isSuccess(status)) {
            return new Done(new Outcome.Succeeded(status));
        }
        if (status < 200) {
            return giveUp(status, CallErrorCode.PROTOCOL, "the final answer has the interim status " + status);
        }
        if (status < 400) {
            return giveUp(
                    status,
                    CallErrorCode.REDIRECT_REFUSED,
                    "the answer is a redirect; endpoint.redirects is '"
                            + situation.policy().endpoint().redirects().wireName() + "', which does not follow a "
                            + status);
        }
        Outcome failed = new Outcome.Failed(OptionalInt.of(status), Optional.empty());
        if (!situation.policy().retry().on().matches(status) || !situation.retriesLeft()) {
            return new GiveUp(failed);
        }
        Duration asked = RetryAfter.of(answer, situation.now()).orElse(Duration.ZERO);
        if (!situation.fits(asked)) {
            return giveUp(
                    status,
                    CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW,
                    "the provider asks to wait for " + asked + ", which is beyond timeout, "
                            + situation.policy().window());
        }
        return retryOr(failed, asked, situation);
    }

    private RetryDecision afterFailure(Failed failed, Situation situation) {
        CallError error = failed.error();
        if (error.code() == CallErrorCode.DESTINATION_REFUSED) {
            return new GiveUp(
                    situation.isFirst()
                            ? new Outcome.Blocked(error)
                            : new Outcome.Failed(situation.lastStatus(), Optional.of(error)));
        }
        if (isUnknown(failed, situation)) {
            return new GiveUp(unknown(error, situation));
        }
        if (error.code() == CallErrorCode.TIMEOUT) {
            return new GiveUp(timedOut(error, situation));
        }
        Outcome end = error.code() == CallErrorCode.ATTEMPT_TIMEOUT
                ? timedOut(error, situation)
                : new Outcome.Failed(situation.lastStatus(), Optional.of(error));
        return situation.retriesLeft()
                        && isRetried(failed, situation.policy().retry().on())
                ? retryOr(end, Duration.ZERO, situation)
                : new GiveUp(end);
    }

    /** An answer that is too large was an answer: its status tells what happened. */
    private static boolean isUnknown(Failed failed, Situation situation) {
        return failed.sent()
                && situation.policy().delivery() == Delivery.AT_MOST_ONCE
                && !(failed.error().code() == CallErrorCode.RESPONSE_TOO_LARGE
                        && failed.headStatus().isPresent());
    }

    private static Outcome unknown(CallError cause, Situation situation) {
        CallError error = new CallError(
                CallErrorCode.OUTCOME_UNKNOWN,
                "the request was sent and no complete answer came; delivery is at-most-once, so it is not sent again: "
                        + cause.message());
        return new Outcome.Failed(situation.lastStatus(), Optional.of(error));
    }

    /**
     * When the head of the answer came and told an error, its status decides, else that it broke off. Of an answer whose
     * headers are too large nobody knows the status: it may have been a success, so that the call was delivered.
     */
    private static boolean isRetried(Failed failed, RetryOn on) {
        CallErrorCode code = failed.error().code();
        if (NEVER_RETRIED.contains(code)) {
            return false;
        }
        OptionalInt head = failed.headStatus();
        return head.isPresent() && !isSuccess(head.getAsInt())
                ? on.matches(head.getAsInt())
                : on.io() && code != CallErrorCode.RESPONSE_TOO_LARGE;
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** A retry after the back-off, but not before {@code asked}; the end when there is no time for it. */
    private RetryDecision retryOr(Outcome end, Duration asked, Situation situation) {
        Duration jittered = BackOff.delay(situation.policy().retry(), situation.retriesBefore(), random);
        Duration delay = jittered.compareTo(asked) > 0 ? jittered : asked;
        return situation.fits(delay) ? new Retry(delay) : new GiveUp(end);
    }

    private static GiveUp giveUp(int status, CallErrorCode code, String message) {
        return new GiveUp(new Outcome.Failed(OptionalInt.of(status), Optional.of(new CallError(code, message))));
    }

    /** The time ran out: the last real failure is kept beside it, and the timeout itself where there was none. */
    private static Outcome timedOut(CallError timeout, Situation situation) {
        boolean failedBefore =
                situation.lastError().isPresent() || situation.lastStatus().isPresent();
        return new Outcome.TimedOut(
                situation.lastStatus(), failedBefore ? situation.lastError() : Optional.of(timeout));
    }
}
