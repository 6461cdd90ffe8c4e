package dev.onward.credential;

/** A refusal of this feature. */
public final class CredentialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which refusal. */
    public enum Reason {
        /** {@code GET /credentials/nobody}. */
        NOT_FOUND,
        /** A second {@code POST /credentials} of one name. */
        ALREADY_EXISTS,
        /** {@code If-Match} with the tag of an older state. */
        PRECONDITION_FAILED,
        /** {@code DELETE} of a credential that an action names. */
        IN_USE,
        /** An action for a host that its credential is not bound to; another host for a secret that is kept. */
        HOST_MISMATCH
    }

    private final Reason reason;

    public CredentialException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static CredentialException notFound(String name) {
        return new CredentialException(Reason.NOT_FOUND, "there is no credential '" + name + "' in this sandbox");
    }

    public Reason reason() {
        return reason;
    }
}
