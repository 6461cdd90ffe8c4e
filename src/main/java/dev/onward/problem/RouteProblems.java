package dev.onward.problem;

import dev.onward.invocation.batch.Problems;
import dev.onward.value.JsonBuffer;
import io.vertx.core.http.HttpServerRequest;
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
        Problem problem = ProblemTable.of(failure);
        if (problem.status() == UNAUTHORIZED) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        Refusal.send(problem, request);
    }
}
