package dev.onward.secret;

/** A sealed value that cannot be opened. Its message names key ids and places, never a value. */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** The key that the value was sealed under is not among the configured ones. */
        KEY_MISSING,
        /** The value was changed, moved to another place, or is not a sealed value at all. */
        DAMAGED
    }

    SecretException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
