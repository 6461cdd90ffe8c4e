package dev.onward.problem;

import dev.onward.invocation.batch.Problems;
import dev.onward.value.JsonBuffer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;

/** Problems of routes that are no JAX-RS methods. Thread-safe. */
@ApplicationScoped
class RouteProblems implements Problems {

    private static final int UNAUTHORIZED = 401;

    @Override
    public byte[] document(Throwable failure, String path) {
        return JsonBuffer.bytesOf(ProblemTable.of(failure).json(path));
    }

    @Override
    public void answer(Throwable failure, HttpServerRequest request) {
        answer(ProblemTable.of(failure), request);
    }

    /** Answers and closes the connection. */
    static void answer(Problem problem, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        problem.retryAfter().ifPresent(delay -> response.putHeader("Retry-After", Long.toString(delay.toSeconds())));
        if (problem.status() == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        Future<Void> sent = response.end(Buffer.buffer(JsonBuffer.bytesOf(problem.json(request.path()))));
        sent.onComplete(flushed -> request.connection().close());
    }
}
