package dev.onward.dispatch;

/** A call whose invocation is not kept cannot be replayed: problem {@code not-replayable}. */
public final class NotReplayableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReplayableException() {
        super("what this call asked for is not kept: it was synchronous, waits still, was cancelled, ended too long"
                + " ago, was erased, or cannot be opened any more");
    }
}
