package dev.onward.invocation.batch;

import dev.onward.invocation.InvocationAnswer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A line for each line, as soon as it is known; the head goes out at once.
 *
 * @param status of the answer
 */
record LineByLine(int status) implements Reply {

    private static final byte[] NOTHING = {};

    @Override
    public void begin(HttpServerResponse response) {
        response.setStatusCode(status)
                .putHeader("Content-Type", Batches.MEDIA_TYPE)
                .setChunked(true);
        var unused = response.writeHead();
    }

    @Override
    public byte[] answered(long line, InvocationAnswer answer) {
        return BatchLine.answer(line, answer);
    }

    @Override
    public byte[] refused(long line, byte[] problem) {
        return BatchLine.problem(line, problem);
    }

    @Override
    public CompletionStage<byte[]> end() {
        return CompletableFuture.completedStage(NOTHING);
    }

    @Override
    public boolean isOneAnswer() {
        return false;
    }
}
