package dev.onward.invocation;

/** An {@code Idempotency-Key} that cannot be honoured. Nothing was sent for this request. */
public final class IdempotencyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A key of 256 characters, or with a line break: problem {@code idempotency-key-invalid}. */
        INVALID,
        /** The same key with other arguments: problem {@code idempotency-key-reused}. */
        REUSED,
        /** The first request of the key has not ended: problem {@code idempotency-in-progress}. */
        IN_PROGRESS
    }

    private final Reason reason;

    IdempotencyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
