package dev.onward.invocation.batch;

/** A line of more than {@value BatchLine#MAX_BYTES} bytes: problem {@code body-too-large}. The rest go on. */
public final class LineTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LineTooLongException() {
        super("a line may have " + BatchLine.MAX_BYTES + " bytes");
    }
}
