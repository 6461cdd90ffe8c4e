package dev.onward.call;

/** The action, or its host, was paused while the call waited: nothing may be sent of it now. */
public final class LinePausedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LinePausedException() {
        super("the action or its host was paused while the call waited", null, false, false);
    }
}
