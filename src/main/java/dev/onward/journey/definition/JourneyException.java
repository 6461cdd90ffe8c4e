package dev.onward.journey.definition;

/** A refusal of this feature. */
public final class JourneyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which refusal. */
    public enum Reason {
        /** {@code GET /journeys/Nobody}, or a version that was never made. */
        NOT_FOUND,
        /** A second {@code POST /journeys} of one name. */
        ALREADY_EXISTS,
        /** {@code If-Match} with the tag of an older state. */
        PRECONDITION_FAILED,
        /** {@code POST …/pause} of a draft. */
        WRONG_STATE,
        /** {@code DELETE} of a journey that is live, or with profiles inside. */
        IN_USE
    }

    private final Reason reason;

    public JourneyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** There is no journey of this name in the sandbox. */
    public static JourneyException notFound(String name) {
        return new JourneyException(Reason.NOT_FOUND, "there is no journey '" + name + "' in this sandbox");
    }

    public Reason reason() {
        return reason;
    }
}
