package dev.onward.calllog.spool;

/** The spool could not keep a row, or cannot be used at all. The message tells the operator what to do. */
public final class SpoolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
