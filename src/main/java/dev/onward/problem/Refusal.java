package dev.onward.problem;

import dev.onward.value.JsonBuffer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Answers a request with a problem before any resource is asked, and closes its connection unless others share it. */
final class Refusal {

    private Refusal() {}

    /** Sends the answer, and whatever headers it has already. */
    static void send(Problem problem, HttpServerRequest request) {
        boolean shared = request.version() == HttpVersion.HTTP_2;
        HttpServerResponse response = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.MEDIA_TYPE);
        if (!shared) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        String instance = request.path() == null ? request.uri() : request.path();
        response.end(Buffer.buffer(JsonBuffer.bytesOf(problem.json(instance)))).onComplete(sent -> {
            if (!shared) {
                request.connection().close();
            }
        });
    }
}
