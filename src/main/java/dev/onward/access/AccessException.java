package dev.onward.access;

/** A refusal of this feature. */
public final class AccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which refusal. */
    public enum Reason {
        /** The sandbox is none of the key's. */
        SANDBOX_FORBIDDEN,
        /** {@code DELETE /keys/nobody}. */
        KEY_NOT_FOUND,
        /** {@code DELETE /keys/admin}: the first key lives in the configuration. */
        KEY_IS_CONFIGURED
    }

    private final Reason reason;

    public AccessException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
