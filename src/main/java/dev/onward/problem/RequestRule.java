package dev.onward.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * Refuses what the server lets pass although it is no request for us: another version of HTTP, a second host (RFC 9112
 * §3.2) and a transfer coding other than chunked (§6.1) with 400, TRACE and CONNECT with 405, what is no method of HTTP
 * with 501.
 */
@ApplicationScoped
class RequestRule {

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
        HttpServerRequest request = exchange.request();
        HttpMethod method = request.method();
        if (Refusal.precedes(request)) {
            // The connection is being closed (RFC 9112 §9.6).
            return;
        }
        // Of a version that is none the server says null.
        if (request.version() == null
                || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            Refusal.send(
                    Problem.of(400, "bad-request", "a request is HTTP/1.1 or HTTP/2 and names one host"),
                    exchange.request());
        } else if (!knowsItsEnd(request)) {
            Refusal.send(Problem.of(400, "bad-request", "the one Transfer-Encoding known here is chunked"), request);
        } else if (ALLOWED.contains(method)) {
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

    /** The server takes a body in another coding for none, and its bytes for the next request. */
    private static boolean knowsItsEnd(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty()
                || codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    }
}
