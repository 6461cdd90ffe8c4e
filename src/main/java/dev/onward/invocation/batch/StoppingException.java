package dev.onward.invocation.batch;

/** A line that came when this process had begun to stop: problem {@code overloaded}. Nothing was sent. */
public final class StoppingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppingException() {
        super("this Onward is stopping; send this line and those after it again in a moment");
    }
}
