package dev.onward.invocation.batch;

/** Lines that came when this process had begun to stop: problem {@code overloaded}. Nothing came of them. */
public final class StoppingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppingException() {
        super("this Onward is stopping; send this line and those after it again in a moment");
    }

    private StoppingException(String message) {
        super(message);
    }

    /** Of a stream whose lines are not answered one by one. */
    static StoppingException ofStream() {
        return new StoppingException("this Onward is stopping and has not taken all lines; send all of them again in a"
                + " moment: those that were accepted are known then");
    }
}
