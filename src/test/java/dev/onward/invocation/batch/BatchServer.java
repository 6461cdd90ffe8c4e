package dev.onward.invocation.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.testsupport.BatchConnection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs a batch for each request. Its problems name the failure's class. */
final class BatchServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger over = new AtomicInteger();
    private volatile Runnable stop = () -> {};

    /** A connection to a new batch of these terms. */
    BatchConnection connect(Supplier<Batches.Terms> terms) throws IOException {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Batch begun = new Batch(terms.get(), new NamedProblems(), request, vertx.getOrCreateContext());
                    stop = begun::stop;
                    begun.begin(over::incrementAndGet);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return BatchConnection.open(server.actualPort(), "/", "");
    }

    /** How many batches are over. */
    int over() {
        return over.get();
    }

    /** Stops the batch that began last. */
    void stop() {
        stop.run();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Lines that differ by their number {@code n}. */
    static String lines(int first, int last) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(first, last)
                .forEach(i -> text.append("{\"n\":").append(i).append("}\n"));
        return text.toString();
    }

    /** The line itself for an answer. */
    static InvocationAnswer answer(JsonNode document) {
        return new InvocationAnswer(bytes(document.toString()), false);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class NamedProblems implements Problems {

        @Override
        public byte[] document(Throwable failure, String path) {
            return bytes("{\"is\":\"" + failure.getClass().getSimpleName() + "\"}");
        }

        @Override
        public void answer(Throwable failure, HttpServerRequest request) {
            request.response().setStatusCode(500).end(failure.getClass().getSimpleName());
        }
    }
}
