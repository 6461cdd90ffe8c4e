package dev.onward.invocation.batch;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.CallerTrace;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invocations.Target;
import dev.onward.invocation.batch.Batches.Terms;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.ValueIssue;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/v1/actions/{name}/invocations}: an action for many profiles, lines in, lines out, both at once.
 * Thread-safe.
 */
@ApplicationScoped
public class BatchResource {

    private static final String PATH = "/api/v1/actions/:name/invocations";
    private static final int DEFAULT_CONCURRENCY = 64;
    private static final int MAX_CONCURRENCY = 1_000;
    private static final int OK = 200;

    private final Invocations invocations;
    private final Batches batches;

    BatchResource(Invocations invocations, Batches batches) {
        this.invocations = invocations;
        this.batches = batches;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.POST, PATH).handler(exchange -> batches.handle(exchange, this::open));
    }

    private CompletionStage<Terms> open(SecurityIdentity identity, RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Caller caller = Caller.of(identity, request, Role.INVOKER, Role.AUTHOR, Role.ADMIN);
        Optional<String> trace = Optional.ofNullable(request.getHeader("traceparent"));
        Target target = new Target(caller.sandbox(), exchange.pathParam("name"), caller.keyId(), CallerTrace.of(trace));
        Batches.requireLines(request);
        int concurrency = concurrency(exchange.queryParam("concurrency"));
        Batch.Work work = (document, key) -> invocations.begin(target, document, key);
        return invocations.find(target).thenApply(action -> Terms.lineByLine(work, concurrency, OK));
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
