package dev.onward.problem;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Refuses every request that comes after the stop has begun, so that those under way can end: 503, and the connection is
 * closed. Health is still told. The server alone would go on answering as long as requests keep coming. Thread-safe.
 */
@ApplicationScoped
class StopRefusal {

    /** Before authentication, which may wait for the database. */
    private static final int FIRST_OF_ALL = 10_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private volatile boolean stopping;

    void begin(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseWhileStopping, FIRST_OF_ALL);
    }

    private void refuseWhileStopping(RoutingContext exchange) {
        String path = exchange.request().path();
        if (!stopping || path.startsWith("/q/health")) {
            exchange.next();
            return;
        }
        Refusal.send(
                Problem.of(503, "overloaded", "this Onward is stopping; send the request again in a moment")
                        .withRetryAfter(RETRY_AFTER),
                exchange.request());
    }
}
