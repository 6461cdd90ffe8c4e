package dev.onward.calllog;

/** The log has no such call, or none that the reader may see: problem {@code not-found}. */
public final class CallNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallNotFoundException() {
        super("there is no call of this id in this sandbox's log");
    }
}
