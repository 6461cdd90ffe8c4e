package dev.onward.problem;

import dev.onward.listener.ListenerConfig;
import dev.onward.listener.RunTimeRoutes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends a request whose document does not come: 408, and the connection is closed. Streams, which may last for hours,
 * are left alone. Thread-safe.
 */
@ApplicationScoped
class SlowBody {

    /** After the methods are looked at, before authentication. */
    private static final int EARLY = 15_000;

    private final Duration timeout;

    SlowBody(ListenerConfig config) {
        this.timeout = config.bodyTimeout().orElse(ListenerConfig.DEFAULT_BODY_TIMEOUT);
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "onward.listener.body-timeout must be at least a millisecond, found " + timeout);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, EARLY);
    }

    private void watch(RoutingContext exchange) {
        if (bringsDocument(exchange.request())) {
            long timer = exchange.vertx().setTimer(timeout.toMillis(), fired -> end(exchange));
            exchange.addEndHandler(answered -> exchange.vertx().cancelTimer(timer));
        }
        exchange.next();
    }

    private static boolean bringsDocument(HttpServerRequest request) {
        boolean body = request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        Optional<String> type = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE));
        return body && !RunTimeRoutes.takesStream(request.path(), type);
    }

    private void end(RoutingContext exchange) {
        if (exchange.request().isEnded()) {
            return;
        }
        if (!exchange.response().headWritten()) {
            String message = "the body did not come within " + timeout + "; send it at once";
            Refusal.send(Problem.of(408, "request-timeout", message), exchange.request());
        } else {
            exchange.request().connection().close();
        }
    }
}
