package dev.onward.problem;

import dev.onward.value.JsonBuffer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers a request with a problem before any resource is asked, and closes its connection. */
final class Refusal {

    private Refusal() {}

    /** Sends the answer, and whatever headers it has already. */
    static Future<Void> send(Problem problem, HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        String path = request.path();
        return response.end(Buffer.buffer(JsonBuffer.bytesOf(problem.json(path == null ? "" : path))));
    }
}
