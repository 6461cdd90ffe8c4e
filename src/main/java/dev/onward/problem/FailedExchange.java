package dev.onward.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Answers what fails before any resource is asked, where the framework would tell more than a client may know. */
@ApplicationScoped
class FailedExchange {

    private static final int BAD_REQUEST = 400;

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext exchange) {
        if (exchange.response().ended()) {
            // Who ended it said why; what fails after that is its echo.
            return;
        }
        if (exchange.statusCode() == BAD_REQUEST) {
            Refusal.send(
                    Problem.of(BAD_REQUEST, "bad-request", "this is no complete request of HTTP"), exchange.request());
        } else {
            exchange.next();
        }
    }
}
