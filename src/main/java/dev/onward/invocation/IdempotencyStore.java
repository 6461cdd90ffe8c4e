package dev.onward.invocation;

import dev.onward.action.Action;
import dev.onward.call.CallId;
import java.time.Instant;
import java.util.Optional;

/** Remembers the first outcome of each key, for at least seven days. Blocking. */
interface IdempotencyStore {

    /**
     * A key that may be answered or run.
     *
     * @param answer JSON text of the first answer, when the request ran already
     * @param outgoingKey to be sent as {@code Idempotency-Key} when it runs: that of the first try, should this be the
     *     second
     */
    record Claim(Optional<String> answer, String outgoingKey) {}

    /**
     * A key and what it stands for.
     *
     * @param fingerprint the same for two requests only if they ask for the same
     */
    record Entry(Action action, IdempotencyKey key, String fingerprint, Optional<String> profileId) {}

    /**
     * Claims a key for one run.
     *
     * @param callId names the run
     * @param now when the claim is made
     * @param runningUntil when a run that has not ended by then is taken for dead, so that a repeat may run again
     * @throws IdempotencyException when the key stands for another request, or for one that still runs
     */
    Claim claim(Entry entry, CallId callId, Instant now, Instant runningUntil);

    /** Keeps the answer of a run. */
    void ended(Entry entry, String answer);

    /**
     * Gives a claim back whose run was refused before it began. When it was the first, nothing is left of it; when it
     * repeated a run that died, the key can be claimed again at once and keeps its outgoing key.
     *
     * @param callId that the claim was made with
     */
    void refused(Entry entry, CallId callId);

    /** Forgets what was claimed before an instant. */
    void forgetBefore(Instant limit);
}
