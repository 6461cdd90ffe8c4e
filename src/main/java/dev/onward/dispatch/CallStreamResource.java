package dev.onward.dispatch;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.CallerTrace;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invocations.Target;
import dev.onward.invocation.batch.Batch;
import dev.onward.invocation.batch.Batches;
import dev.onward.invocation.batch.Batches.Terms;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/v1/actions/{name}/calls} with lines: a durable call for each. Thread-safe. */
@ApplicationScoped
public class CallStreamResource {

    private static final String PATH = "/api/v1/actions/:name/calls";

    /** Lines that wait together for a commit. */
    private static final int CONCURRENCY = 1_000;

    private static final int ACCEPTED = 202;

    private final Invocations invocations;
    private final Accepts accepts;
    private final Batches batches;

    CallStreamResource(Invocations invocations, Accepts accepts, Batches batches) {
        this.invocations = invocations;
        this.accepts = accepts;
        this.batches = batches;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.POST, PATH).handler(this::handle);
    }

    /** What is no stream is the document that {@link AcceptResource} takes. */
    private void handle(RoutingContext exchange) {
        String type = exchange.request().getHeader("Content-Type");
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(Batches.MEDIA_TYPE)) {
            batches.handle(exchange, this::open);
        } else {
            exchange.next();
        }
    }

    private CompletionStage<Terms> open(SecurityIdentity identity, RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Caller caller = Caller.of(identity, request, Role.INVOKER, Role.AUTHOR, Role.ADMIN);
        Optional<String> trace = Optional.ofNullable(request.getHeader("traceparent"));
        Target target = new Target(caller.sandbox(), exchange.pathParam("name"), caller.keyId(), CallerTrace.of(trace));
        Batches.requireLines(request);
        Batch.Work work =
                (document, key) -> accepts.accept(target, document, key).thenApply(EndedInvocation::of);
        return invocations.find(target).thenApply(action -> Terms.lineByLine(work, CONCURRENCY, ACCEPTED));
    }
}
