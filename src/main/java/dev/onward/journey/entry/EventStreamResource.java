package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.database.DatabaseFailure;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.invocation.batch.Batch;
import dev.onward.invocation.batch.Batches;
import dev.onward.invocation.batch.Batches.Hearing;
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
import java.util.concurrent.CompletionException;
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
        Batch.Work work = (document, noKey) -> accept(sandbox, document).thenApply(EndedInvocation::of);
        return CompletableFuture.completedStage(Terms.tally(work, CONCURRENCY, ACCEPTED, new Hearing() {
            @Override
            public void refused() {
                events.rejected();
            }
        }));
    }

    /** While there is no room, or no database, the stream waits: its lines are tried again and no more are read. */
    private CompletionStage<InvocationAnswer> accept(Sandbox sandbox, JsonNode document) {
        try {
            return events.accept(sandbox, document).exceptionally(failure -> {
                throw DatabaseFailure.isUnavailable(failure)
                        ? new OverloadedException("the database cannot do this now")
                        : new CompletionException(failure);
            });
        } catch (EventsFullException full) {
            throw new OverloadedException(String.valueOf(full.getMessage()));
        }
    }
}
