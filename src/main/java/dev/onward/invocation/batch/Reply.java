package dev.onward.invocation.batch;

import dev.onward.invocation.InvocationAnswer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionStage;

/** How a stream of lines is answered: what is told of each line, and when. Thread-safe. */
public interface Reply {

    /** Begins the answer, before any line is read. */
    void begin(HttpServerResponse response);

    /** What is written when a line has its answer; may be empty. */
    byte[] answered(long line, InvocationAnswer answer);

    /** What is written when a line was refused; may be empty. */
    byte[] refused(long line, byte[] problem);

    /** What is written at the very end, when it is known; may be empty. A failure is told as its problem instead. */
    CompletionStage<byte[]> end();

    /** The end will not be written: the client went away before, or is told a failure. */
    default void left() {}

    /** Whether nothing is told before the end, so that a stream that was not read to its end can be answered as a failure. */
    boolean isOneAnswer();
}
