package dev.onward.invocation.batch;

/** A batch of another media type than lines of JSON: problem {@code unsupported-media-type}. */
public final class NotLinesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotLinesException() {
        super("send Content-Type: " + Batches.MEDIA_TYPE + ", one invocation a line, in UTF-8, not compressed");
    }
}
