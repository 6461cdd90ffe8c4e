package dev.onward.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Refuses methods that no route has: TRACE and CONNECT with 405, what is no method of HTTP with 501. */
@ApplicationScoped
class MethodRule {

    /** Before the stop is looked at: it would answer another question. */
    private static final int EARLY = 20_000;

    private static final Set<HttpMethod> ALLOWED = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext exchange) {
        HttpMethod method = exchange.request().method();
        if (ALLOWED.contains(method)) {
            exchange.next();
        } else if (method.equals(HttpMethod.TRACE) || method.equals(HttpMethod.CONNECT)) {
            exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            Refusal.send(Problem.of(405, "method-not-allowed", "no path knows this method"), exchange.request());
        } else {
            Refusal.send(
                    Problem.of(501, "not-implemented", "this is no method of HTTP that is known here"),
                    exchange.request());
        }
    }
}
