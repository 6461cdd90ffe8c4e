package dev.onward.problem;

import dev.onward.value.JsonBuffer;
import io.netty.util.AttributeKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Answers a request with a problem before any resource is asked, and closes its connection unless others share it. */
final class Refusal {

    /** Is set on a connection that is about to be closed. */
    private static final AttributeKey<Boolean> CLOSING = AttributeKey.valueOf("onward.closing");

    private Refusal() {}

    /** Whether a request before this one was refused: the server hands over what came in one piece with it. */
    static boolean precedes(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                && connection.channel().hasAttr(CLOSING);
    }

    /** Sends the answer, and whatever headers it has already. No further request of the connection may be carried out. */
    static void send(Problem problem, HttpServerRequest request) {
        if (precedes(request)) {
            return;
        }
        boolean shared = request.version() == HttpVersion.HTTP_2;
        if (!shared && request.connection() instanceof ConnectionBase connection) {
            connection.channel().attr(CLOSING).set(true);
        }
        HttpServerResponse response = request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.MEDIA_TYPE);
        if (!shared) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        String instance = request.path() == null ? request.uri() : request.path();
        response.end(Buffer.buffer(JsonBuffer.bytesOf(problem.json(instance))));
        if (!shared) {
            // Writes what was ended before it closes; at once, so that nothing else is written after it.
            request.connection().close();
        }
    }
}
