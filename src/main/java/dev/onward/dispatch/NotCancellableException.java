package dev.onward.dispatch;

/** A call that is being sent, or has ended, cannot be taken back: problem {@code conflict}. */
public final class NotCancellableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCancellableException(String message) {
        super(message);
    }
}
