package dev.onward.journey.entry;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.batch.Batch;
import dev.onward.invocation.batch.Batches;
import dev.onward.invocation.batch.Batches.Hearing;
import dev.onward.invocation.batch.Batches.Terms;
import dev.onward.journey.entry.Audiences.Upload;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.JsonMembers;
import dev.onward.value.ValueIssue;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.microprofile.context.ManagedExecutor;

/** {@code POST /api/v1/journeys/{name}/audience}: lines of profiles that come into a journey. Thread-safe. */
@ApplicationScoped
public class AudienceResource {

    private static final String PATH = "/api/v1/journeys/:name/audience";
    private static final int CONCURRENCY = 1_000;
    private static final int ACCEPTED = 202;
    private static final int DEFAULT_RATE = 5_000;
    private static final int MAX_RATE = 20_000;

    private final Audiences audiences;
    private final AudienceStore store;
    private final Batches batches;
    private final ManagedExecutor executor;

    AudienceResource(Audiences audiences, AudienceStore store, Batches batches, ManagedExecutor executor) {
        this.audiences = audiences;
        this.store = store;
        this.batches = batches;
        this.executor = executor;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.POST, PATH).handler(exchange -> batches.handle(exchange, this::open));
    }

    private CompletionStage<Terms> open(SecurityIdentity identity, RoutingContext exchange) {
        Caller caller = Caller.of(identity, exchange.request(), Role.INVOKER, Role.AUTHOR, Role.ADMIN);
        Sandbox sandbox = caller.sandbox();
        Batches.requireLines(exchange.request());
        int perSecond = perSecond(exchange.queryParam("profilesPerSecond"));
        String journey = exchange.pathParam("name");
        return executor.supplyAsync(() -> audiences.open(sandbox, journey, perSecond))
                .thenApply(upload -> Terms.tally(work(upload), CONCURRENCY, ACCEPTED, new Hearing() {
                    @Override
                    public CompletionStage<Consumer<JsonMembers>> ended() {
                        return executor.supplyAsync(() -> complete(upload.run()));
                    }

                    @Override
                    public void left() {
                        executor.execute(() -> audiences.brokeOff(upload.run()));
                    }
                }));
    }

    private Batch.Work work(Upload upload) {
        return (document, noKey) -> audiences.accept(upload, document).thenApply(EndedInvocation::of);
    }

    private Consumer<JsonMembers> complete(AudienceRun run) {
        Optional<String> state = store.complete(run.id());
        return members -> members.text("runId", run.id().toString()).text("state", state);
    }

    private static int perSecond(List<String> asked) {
        return asked.isEmpty()
                ? DEFAULT_RATE
                : Optional.of(asked.get(0))
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::parseInt)
                        .filter(rate -> rate >= 1 && rate <= MAX_RATE)
                        .orElseThrow(() -> new InvalidException(List.of(new Issue(
                                Issue.Severity.ERROR,
                                JsonPointer.compile("/profilesPerSecond"),
                                ValueIssue.OUT_OF_RANGE,
                                "'profilesPerSecond' must be a whole number from 1 to " + MAX_RATE))));
    }
}
