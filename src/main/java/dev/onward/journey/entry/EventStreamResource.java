package dev.onward.journey.entry;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.OverloadedException;
import dev.onward.invocation.batch.Batch;
import dev.onward.invocation.batch.Batches;
import dev.onward.invocation.batch.Batches.Terms;
import dev.onward.sandbox.Sandbox;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/v1/events} with lines: an event for each. Thread-safe. */
@ApplicationScoped
public class EventStreamResource {

    private static final String PATH = "/api/v1/events";

    /** Lines that wait together for a commit. */
    private static final int CONCURRENCY = 1_000;

    private static final int ACCEPTED = 202;

    private final Events events;
    private final Batches batches;

    EventStreamResource(Events events, Batches batches) {
        this.events = events;
        this.batches = batches;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.POST, PATH).handler(this::handle);
    }

    /** What is no stream is the document that {@link EventsResource} takes. */
    private void handle(RoutingContext exchange) {
        String type = exchange.request().getHeader("Content-Type");
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(Batches.MEDIA_TYPE)) {
            batches.handle(exchange, this::open);
        } else {
            exchange.next();
        }
    }

    private CompletionStage<Terms> open(SecurityIdentity identity, RoutingContext exchange) {
        Caller caller = Caller.of(identity, exchange.request(), Role.INVOKER, Role.AUTHOR, Role.ADMIN);
        Sandbox sandbox = caller.sandbox();
        Batches.requireLines(exchange.request());
        Batch.Work work = (document, key) -> {
            try {
                return events.accept(sandbox, document);
            } catch (EventsFullException full) {
                // The stream pauses until there is room.
                throw new OverloadedException(String.valueOf(full.getMessage()));
            }
        };
        return CompletableFuture.completedStage(Terms.tally(work, CONCURRENCY, ACCEPTED));
    }
}
