package dev.onward.invocation;

/** There is no room for another invocation now: problem {@code overloaded}. Nothing was sent. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OverloadedException() {
        super("the log has no room for another call; try again in a moment");
    }
}
