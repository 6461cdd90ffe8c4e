package dev.onward.invocation;

/** There is no room for another invocation now: problem {@code overloaded}. Nothing was sent. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message which limit is reached and what to do */
    public OverloadedException(String message) {
        super(message);
    }

    static OverloadedException ofLog() {
        return new OverloadedException("the log has no room for another call; try again in a moment");
    }

    static OverloadedException ofEngine(int inFlight) {
        return new OverloadedException("as many calls as onward.call.max-in-flight allows are under way, " + inFlight
                + "; try again in a moment");
    }
}
