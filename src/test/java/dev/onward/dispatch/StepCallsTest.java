package dev.onward.dispatch;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.call.CallOrigin;
import dev.onward.call.Outcome;
import dev.onward.dispatch.store.CallEnds.CallEnd;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls in transactions of somebody else, from there to the provider and back. */
@QuarkusTest
@TestProfile(StepCallsTest.Listening.class)
class StepCallsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"%s\"}}";

    /** In the place of the journeys. */
    public static final class Listening implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Ends.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("onward.dispatch.max-calls-per-sandbox", "2");
        }
    }

    /** Who waits for the calls. */
    @Alternative
    @ApplicationScoped
    public static class Ends extends ListeningEnds {}

    @Inject
    StepCalls calls;

    @Inject
    ActionCatalogue catalogue;

    @Inject
    Ends ends;

    @Inject
    Jdbi jdbi;

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        ListeningEnds.prepare(jdbi);
        register("{}");
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_stored_call_is_sent_when_its_transaction_has_committed_and_its_end_is_told_with_the_answer()
            throws SQLException {
        DurableCall call = prepare("hello");
        storeAndCommit(call);
        CallEnd end = told(call);
        assertThat(end.call()).isEqualTo(call);
        assertThat(end.record().outcome()).isEqualTo(new Outcome.Succeeded(202));
        assertThat(end.response()).contains(Definitions.parse("{\"id\":\"m-77\"}"));
        assertThat(end.errorResponse()).isEmpty();
        assertThat(ListeningEnds.written(jdbi)).containsExactly(call.id());
        assertThat(provider.requests()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"text\":\"hello\"}");
            assertThat(request.headers()).containsEntry("Idempotency-Key", "\"" + call.id() + "\"");
        });
        JsonNode log = log(call);
        assertThat(log.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(log.get("instanceId").textValue())
                .isEqualTo(call.origin().instanceId().orElseThrow());
    }

    @Test
    void the_end_of_a_refused_call_is_told_with_the_error() throws SQLException {
        provider.next(Reply.json(404, "{\"error\":\"nobody\"}"));
        DurableCall call = prepare("hello");
        storeAndCommit(call);
        assertThat(told(call).response()).isEmpty();
        assertThat(told(call).errorResponse()).contains(Definitions.parse("{\"error\":\"nobody\"}"));
    }

    @Test
    void a_call_whose_transaction_is_rolled_back_is_never_sent() throws SQLException {
        DurableCall lost = prepare("lost");
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    calls.store(handle, List.of(lost));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        DurableCall kept = prepare("kept");
        storeAndCommit(kept);
        told(kept);
        assertThat(provider.requests()).extracting(Received::body).containsExactly("{\"text\":\"kept\"}");
        assertThat(api.get("/logs/" + lost.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_call_whose_process_died_right_after_the_commit_is_sent() throws SQLException {
        DurableCall call = prepare("hello");
        jdbi.useTransaction(handle -> calls.store(handle, List.of(call)));
        assertThat(told(call).record().outcome().isSuccess()).isTrue();
    }

    @Test
    void an_end_that_could_not_be_told_is_told_once_at_last_and_the_call_is_sent_once() throws SQLException {
        DurableCall call = prepare("hello");
        ends.refuseOnce(call.id());
        storeAndCommit(call);
        told(call);
        assertThat(ends.told(call.id())).hasSize(2);
        assertThat(ends.committed(call.id())).hasSize(1);
        assertThat(ListeningEnds.written(jdbi)).containsExactly(call.id());
        assertThat(provider.requests()).hasSize(1);
        assertThat(log(call).get("outcome").textValue()).isEqualTo("succeeded");
    }

    @Test
    void what_cannot_be_rendered_is_not_prepared() {
        Action action = action();
        JsonNode nothing = Definitions.parse("{\"profileId\":\"p-1\",\"arguments\":{}}");
        CallOrigin origin = origin();
        assertThatThrownBy(() -> calls.prepare(action, nothing, origin, OptionalInt.empty()))
                .isInstanceOf(ArgumentsInvalidException.class);
    }

    @Test
    void a_skipped_call_is_in_the_log_when_its_transaction_has_committed_and_is_not_sent() throws SQLException {
        DurableCall lost = prepare("lost");
        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    calls.skip(handle, List.of(lost), new Outcome.SkippedConsent());
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        DurableCall skipped = prepare("skipped");
        jdbi.useTransaction(handle -> calls.skip(handle, List.of(skipped), new Outcome.SkippedConsent()));

        JsonNode log = log(skipped);
        assertThat(log.get("outcome").textValue()).isEqualTo("skippedConsent");
        assertThat(log.get("jo_status_code").textValue()).isEqualTo("internalError");
        assertThat(log.get("attempts").intValue()).isZero();
        assertThat(log.get("stepId").textValue()).isEqualTo("notify");
        assertThat(Api.json(api.get("/logs?outcome=skippedConsent")).get("items"))
                .hasSize(1);
        assertThat(api.get("/logs/" + lost.id()).statusCode()).isEqualTo(404);
        assertThat(ends.told(skipped.id())).isEmpty();
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_step_has_one_window_unless_its_action_asks_for_more() throws SQLException {
        provider.next(Reply.status(503));
        register("{\"retry\":{\"maxRetries\":0}}");
        DurableCall once = prepare("once");
        storeAndCommit(once);
        assertThat(told(once).record().outcome().joStatusCode()).isEqualTo("http_503");
        assertThat(provider.requests()).hasSize(1);

        provider.next(Reply.status(503), Reply.status(503));
        register("{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT0.1S\",\"cap\":\"PT0.1S\"}}}");
        DurableCall often = prepare("often");
        storeAndCommit(often);
        assertThat(told(often).record().outcome().isSuccess()).isTrue();
        assertThat(provider.requests()).hasSize(4);
    }

    @Test
    void calls_beyond_the_quota_are_stored_all_the_same_and_there_is_no_room_until_they_end() throws SQLException {
        Sandbox sandbox = new Sandbox(api.sandbox());
        assertThat(api.send(Method.POST, "/actions/Sms/pause").statusCode()).isBetween(200, 204);
        List<DurableCall> three = List.of(prepare("1"), prepare("2"), prepare("3"));
        assertThat(calls.hasRoom(sandbox)).isTrue();
        storeAndCommit(three.toArray(DurableCall[]::new));
        assertThat(calls.hasRoom(sandbox)).isFalse();
        assertThat(api.send(Method.POST, "/actions/Sms/resume").statusCode()).isBetween(200, 204);
        three.forEach(this::told);
        await().atMost(SOON).until(() -> calls.hasRoom(sandbox));
    }

    @Test
    void a_replay_shows_the_step_and_is_not_told_to_the_instance() throws SQLException {
        provider.next(Reply.status(404));
        DurableCall first = prepare("hello");
        storeAndCommit(first);
        told(first);

        JsonNode one = replayed(Api.json(api.post("/logs/" + first.id() + "/replay", ""))
                .at("/callIds/0")
                .textValue());
        assertThat(one.get("replayOf").textValue()).isEqualTo(first.id().toString());
        assertThat(api.post("/logs/replay", "{\"filter\":{\"outcome\":\"failed\"},\"rate\":50}")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON).until(() -> logged("succeeded").size() == 2);

        assertThat(logged("succeeded")).allSatisfy(StepCallsTest::assertOutsideTheInstance);
        assertThat(ends.told(first.id())).hasSize(1);
        assertThat(ListeningEnds.written(jdbi)).containsExactly(first.id());
    }

    private static void assertOutsideTheInstance(JsonNode call) {
        assertThat(call.get("journey").textValue()).isEqualTo("Order");
        assertThat(call.get("stepId").textValue()).isEqualTo("notify");
        assertThat(call.get("profileId").textValue()).isEqualTo("p-1");
        assertThat(call.has("instanceId")).isFalse();
    }

    private void register(String more) {
        JsonNode definition =
                Definitions.merged(Definitions.message("Sms", provider.url("/v1")), Definitions.parse(more));
        Response made = api.post("/actions", definition);
        Response saved = made.statusCode() == 201 ? made : api.put("/actions/Sms", definition.toString());
        int version = Api.json(saved).get("version").intValue();
        await().atMost(SOON).until(() -> action().version() == version);
    }

    private Action action() {
        return catalogue
                .find(new Sandbox(api.sandbox()), "Sms")
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private static CallOrigin origin() {
        return new CallOrigin(
                Optional.empty(),
                Optional.of("p-1"),
                Optional.of("Order"),
                Optional.of("notify"),
                Optional.of(UUID.randomUUID().toString()));
    }

    private DurableCall prepare(String text) {
        return calls.prepare(action(), Definitions.parse(HELLO.formatted(text)), origin(), OptionalInt.empty());
    }

    private void storeAndCommit(DurableCall... prepared) throws SQLException {
        List<DurableCall> all = List.of(prepared);
        jdbi.useTransaction(handle -> calls.store(handle, all));
        calls.stored(all);
    }

    private CallEnd told(DurableCall call) {
        await().atMost(SOON).until(() -> !ends.committed(call.id()).isEmpty());
        return ends.committed(call.id()).get(0);
    }

    private JsonNode replayed(String callId) {
        await().atMost(SOON)
                .until(() -> Api.json(api.get("/logs/" + callId))
                        .path("state")
                        .asText()
                        .equals("ended"));
        return Api.json(api.get("/logs/" + callId));
    }

    private JsonNode log(DurableCall call) {
        return Api.json(api.get("/logs/" + call.id()));
    }

    private JsonNode logged(String outcome) {
        return Api.json(api.get("/logs?outcome=" + outcome)).get("items");
    }
}
