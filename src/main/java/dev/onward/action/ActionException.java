package dev.onward.action;

/** A refusal of this feature. */
public final class ActionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which refusal. */
    public enum Reason {
        /** {@code GET /actions/Nobody}, or a version that was never made. */
        NOT_FOUND,
        /** A second {@code POST /actions} of one name. */
        ALREADY_EXISTS,
        /** {@code If-Match} with the tag of an older version. */
        PRECONDITION_FAILED,
        /** {@code DELETE} of an action that a live journey uses. */
        IN_USE,
        /** {@code PUT} without a parameter that a live journey gives. */
        BREAKS_JOURNEYS,
        /** {@code PUT} of another host with {@code "password": {"set": true}}. */
        CREDENTIAL_HOST_MISMATCH
    }

    private final Reason reason;

    public ActionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** There is no action of this name in the sandbox. */
    public static ActionException notFound(String name) {
        return new ActionException(Reason.NOT_FOUND, "there is no action '" + name + "' in this sandbox");
    }

    public Reason reason() {
        return reason;
    }
}
