package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The pass of a call whose attempts wait for their turns and take slots. Its methods are called one after another. */
final class LimitedPass implements Admission.Pass {

    private final Admission.Pass guards;
    private final Limits limits;
    private final LimitMetrics metrics;
    private boolean sent;

    /** Whether it is not known yet what becomes of the attempt that took slots, then. */
    private boolean isTaken;

    private long takenAt;

    /**
     * What the call has to pass.
     *
     * @param giveBack gives back what the call holds
     */
    record Limits(SandboxLimits sandbox, List<Cap> caps, Turns turns, Runnable giveBack) {}

    LimitedPass(Admission.Pass guards, Limits limits, LimitMetrics metrics) {
        this.guards = guards;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** What the guards hold back has lost its turn: it gets another, lest all that they held back go at once. */
    @Override
    public Permit beforeAttempt(Duration remaining) {
        Optional<Consumer<Runnable>> turn = limits.turns().use();
        if (turn.isPresent()) {
            return new Permit.Await(turn.get());
        }
        Permit permit = guards.beforeAttempt(remaining);
        if (!(permit instanceof Permit.Go)) {
            limits.turns().givenUp();
            return permit;
        }
        SandboxLimits.Slots slots = limits.sandbox().take(limits.caps());
        if (slots.full().isPresent()) {
            limits.turns().givenUp();
            limits.sandbox().refused(slots.full().get());
            return new Permit.Refuse(refusal(slots.full().get()));
        }
        takenAt = slots.at();
        isTaken = true;
        sent = true;
        return permit;
    }

    @Override
    public boolean isThrottled() {
        return limits.turns().areAny();
    }

    @Override
    public void waits() {
        limits.turns().letPass();
    }

    /** It counts from now on: until then it may have been held up, and kept its room. */
    @Override
    public void departed() {
        if (isTaken) {
            isTaken = false;
            limits.sandbox().sent(limits.caps());
        }
        limits.turns().departed();
    }

    /** What was sent before counts, though it may have come nowhere: it takes room once more, which it is not refused. */
    @Override
    public void repeats() {
        if (!isTaken) {
            isTaken = true;
            takenAt = limits.sandbox().takeAgain(limits.caps());
        }
        limits.turns().repeat();
    }

    private void over(boolean perhapsSent) {
        if (isTaken && perhapsSent) {
            departed();
        } else if (isTaken) {
            isTaken = false;
            limits.sandbox().givenUp(limits.caps(), takenAt);
        }
        limits.turns().givenUp();
    }

    private CallError refusal(Cap cap) {
        if (!cap.share().map(CapShare::isGood).orElse(true)) {
            return new CallError(
                    CallErrorCode.LIMITS_UNAVAILABLE,
                    "the database, by which processes divide the capping, does not answer");
        }
        if (cap.share().map(CapShare::limit).orElse(1) == 0) {
            return new CallError(
                    CallErrorCode.LIMITS_UNAVAILABLE,
                    "other processes have, or had within its period, all that the capping allows, " + cap.text());
        }
        metrics.capped(sent);
        return new CallError(
                sent ? CallErrorCode.CAPPED_ON_RETRY : CallErrorCode.CAPPED, "the capping allows " + cap.text());
    }

    @Override
    public void afterAttempt(AttemptEnd end) {
        over(end.map(answered -> true, AttemptEnd.Failed::sent));
        guards.afterAttempt(end);
    }

    @Override
    public boolean tryRetry() {
        return guards.tryRetry();
    }

    @Override
    public void leave() {
        over(true);
        limits.giveBack().run();
        guards.leave();
    }
}
