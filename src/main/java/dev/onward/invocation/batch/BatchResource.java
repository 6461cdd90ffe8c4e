package dev.onward.invocation.batch;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.CallerTrace;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invocations.Target;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.ValueIssue;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * {@code POST /api/v1/actions/{name}/invocations}: an action for many profiles, lines in, lines out, both at once.
 * JAX-RS would hold the whole body, so this is a route of the server itself. Thread-safe.
 */
@ApplicationScoped
public class BatchResource {

    static final String MEDIA_TYPE = "application/x-ndjson";

    private static final String PATH = "/api/v1/actions/:name/invocations";
    private static final Pattern LINES = Pattern.compile(
            Pattern.quote(MEDIA_TYPE) + "[ \t]*(;[ \t]*charset=(utf-8|\"utf-8\"))?", Pattern.CASE_INSENSITIVE);
    private static final int DEFAULT_CONCURRENCY = 64;
    private static final int MAX_CONCURRENCY = 1_000;

    private final Invocations invocations;
    private final Problems problems;
    private final IdentityProviderManager identities;
    private final Vertx vertx;
    private final Set<Batch> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    BatchResource(Invocations invocations, Problems problems, IdentityProviderManager identities, Vertx vertx) {
        this.invocations = invocations;
        this.problems = problems;
        this.identities = identities;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.POST, PATH).handler(this::handle);
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
        underWay.forEach(Batch::stop);
    }

    private void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request().pause();
        Context context = vertx.getOrCreateContext();
        // Instead of the server's own, which would answer without a body.
        BiConsumer<RoutingContext, Throwable> toldBelow = (same, refused) -> {};
        exchange.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, toldBelow);
        QuarkusHttpUser.getSecurityIdentity(exchange, identities)
                .subscribe()
                .with(
                        identity -> context.runOnContext(turn -> begin(exchange, identity, context)),
                        refused -> problems.answer(refused, request));
    }

    private void begin(RoutingContext exchange, SecurityIdentity identity, Context context) {
        HttpServerRequest request = exchange.request();
        try {
            Caller caller = Caller.of(identity, request, Role.INVOKER, Role.AUTHOR, Role.ADMIN);
            Optional<String> trace = Optional.ofNullable(request.getHeader("traceparent"));
            Target target =
                    new Target(caller.sandbox(), exchange.pathParam("name"), caller.keyId(), CallerTrace.of(trace));
            requireLines(request);
            int concurrency = concurrency(exchange.queryParam("concurrency"));
            invocations
                    .find(target)
                    .whenComplete((action, failure) -> context.runOnContext(turn -> {
                        if (failure == null) {
                            Batch.Work work = (document, key) -> invocations.run(target, document, key);
                            begin(new Batch(work, concurrency, problems, request, context));
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

    private static void requireLines(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean isPlain = encoding == null || encoding.strip().equalsIgnoreCase("identity");
        if (type == null || !LINES.matcher(type.strip()).matches() || !isPlain) {
            throw new NotLinesException();
        }
    }

    private static int concurrency(List<String> asked) {
        return asked.isEmpty() ? DEFAULT_CONCURRENCY : concurrency(asked.get(0));
    }

    private static int concurrency(String text) {
        return Optional.of(text)
                .filter(given -> given.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= MAX_CONCURRENCY)
                .orElseThrow(() -> new InvalidException(List.of(new Issue(
                        Issue.Severity.ERROR,
                        JsonPointer.compile("/concurrency"),
                        ValueIssue.OUT_OF_RANGE,
                        "'concurrency' must be a whole number from 1 to " + MAX_CONCURRENCY))));
    }
}
