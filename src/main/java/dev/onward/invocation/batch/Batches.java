package dev.onward.invocation.batch;

import dev.onward.value.JsonMembers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Streams of lines under way: who sends them, that they are lines, that they end with the process. JAX-RS would hold the
 * whole body, so their routes are the server's own. Thread-safe.
 */
@ApplicationScoped
public class Batches {

    /** What a stream is made of. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    private static final Pattern LINES = Pattern.compile(
            Pattern.quote(MEDIA_TYPE) + "[ \t]*(;[ \t]*charset=(utf-8|\"utf-8\"))?", Pattern.CASE_INSENSITIVE);

    private final Problems problems;
    private final IdentityProviderManager identities;
    private final Vertx vertx;
    private final Set<Batch> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Batches(Problems problems, IdentityProviderManager identities, Vertx vertx) {
        this.problems = problems;
        this.identities = identities;
        this.vertx = vertx;
    }

    /**
     * How a stream is answered.
     *
     * @param concurrency how many lines' calls may be under way, at least 1; twice as many lines may be unanswered
     * @param keyed whether a line may name its {@code idempotencyKey}
     */
    public record Terms(Batch.Work work, int concurrency, boolean keyed, Reply reply) {

        /** Answered by a line for each, under a status that says nothing of how they went. */
        public static Terms lineByLine(Batch.Work work, int concurrency, int status) {
            return new Terms(work, concurrency, true, new LineByLine(status));
        }

        /**
         * Answered by one object at the end, which counts them.
         *
         * @param hearing is told of what happens
         */
        public static Terms tally(Batch.Work work, int concurrency, int status, Hearing hearing) {
            return new Terms(work, concurrency, false, new Tally(status, hearing));
        }
    }

    /** Hears of a stream that is answered by one object; it must not block. */
    public interface Hearing {

        /** A line is refused. On any thread. */
        default void refused() {}

        /**
         * All lines are read and have their answers.
         *
         * @return what adds to the members of the answer, which waits for it; a failure is answered as its problem
         */
        default CompletionStage<Consumer<JsonMembers>> ended() {
            return CompletableFuture.completedStage(members -> {});
        }

        /**
         * The client is told nothing, or a failure: it went away, the process stops, or {@link #ended} failed. The lines
         * that were read are done with.
         */
        default void left() {}
    }

    /** Decides whether a stream may begin. */
    public interface Opening {

        /** The terms for a client; whatever it throws, or the stage fails with, is answered as its problem. */
        CompletionStage<Terms> open(SecurityIdentity identity, RoutingContext exchange);
    }

    /** Takes the request over. */
    public void handle(RoutingContext exchange, Opening opening) {
        HttpServerRequest request = exchange.request().pause();
        Context context = vertx.getOrCreateContext();
        // Instead of the server's own, which would answer without a body.
        BiConsumer<RoutingContext, Throwable> toldBelow = (same, refused) -> {};
        exchange.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, toldBelow);
        QuarkusHttpUser.getSecurityIdentity(exchange, identities)
                .subscribe()
                .with(
                        identity -> context.runOnContext(turn -> open(exchange, identity, opening, context)),
                        refused -> problems.answer(refused, request));
    }

    /**
     * Checks that lines are sent.
     *
     * @throws NotLinesException when the body is declared to be something else
     */
    public static void requireLines(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean isPlain = encoding == null || encoding.strip().equalsIgnoreCase("identity");
        if (type == null || !LINES.matcher(type.strip()).matches() || !isPlain) {
            throw new NotLinesException();
        }
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        underWay.forEach(Batch::stop);
    }

    private void open(RoutingContext exchange, SecurityIdentity identity, Opening opening, Context context) {
        HttpServerRequest request = exchange.request();
        try {
            opening.open(identity, exchange)
                    .whenComplete((terms, failure) -> context.runOnContext(turn -> {
                        if (failure == null) {
                            begin(new Batch(terms, problems, request, context));
                        } else {
                            problems.answer(failure, request);
                        }
                    }));
        } catch (RuntimeException refused) {
            problems.answer(refused, request);
        }
    }

    private void begin(Batch batch) {
        underWay.add(batch);
        batch.begin(() -> underWay.remove(batch));
        if (stopping) {
            batch.stop();
        }
    }
}
