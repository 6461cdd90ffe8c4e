package dev.onward.calllog;

/** The call log cannot do this now and may soon: problem {@code overloaded}. */
public final class CallLogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallLogUnavailableException(String message) {
        super(message);
    }
}
