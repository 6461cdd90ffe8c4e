package dev.onward.limit;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.value.JsonBuffer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The resources of limits, as clients of the model system use them. */
@QuarkusTest
class LimitsHttpTest {

    private static final String HELLO = "{\"arguments\":{\"text\":\"hello\"}}";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    static Stream<Arguments> faults() {
        return CaseTable.read("/limit/faults.json")
                .valueStream()
                .map(row -> Arguments.of(row.path("name").textValue(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_configuration_with_faults_is_refused_with_all_of_them_and_not_kept(String name, JsonNode row) {
        String kind = row.path("kind").textValue();
        String body = row.has("text") ? row.path("text").textValue() : JsonBuffer.textOf(row.path("body"));
        Response refused = api.post("/" + kind, body);
        JsonNode answer = Api.json(refused);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(answer.path("status").intValue()).isEqualTo(400);
        assertThat(answer.at("/error/code")).isEqualTo(row.at("/codes/0"));
        assertThat(answer.at("/error/family").textValue()).isEqualTo("INPUT_OUTPUT_ERROR");
        assertThat(answer.path("requestId").textValue()).hasSize(36);
        assertThat(answer.at("/canDeploy/validationStatus").textValue()).isEqualTo("error");
        assertThat(answer.path("canDeploy").findValuesAsText("errorCode"))
                .containsExactlyElementsOf(
                        row.path("codes").valueStream().map(JsonNode::textValue).toList());
        assertThat(Api.json(api.post("/list/" + kind, "{}")).path("results")).isEmpty();
    }

    @Test
    void a_capping_goes_through_its_life() {
        JsonNode created = Api.json(api.with("x-api-key", "k").post("/endpointConfigs", capping(5)));
        String path = "/endpointConfigs/" + created.path("uid").textValue();
        assertThat(created.path("resStatus").textValue()).isEqualTo("created");
        assertThat(created.path("uri").textValue()).isEqualTo("/voyager/apis" + path);
        assertThat(created.at("/createdElement/state").textValue()).isEqualTo("created");
        assertThat(created.at("/canDeploy/warnings/0/warningCode").textValue()).isEqualTo("ERR_ENDPOINTCONFIG_106");
        assertThat(created.at("/canDeploy/warnings/0/scope/endpointConfigService")
                        .textValue())
                .isEqualTo("action");
        for (Response check : new Response[] {api.get(path + "/canDeploy"), api.post(path + "/canDeploy", "")}) {
            assertThat(Api.json(check).at("/canDeploy/validationStatus").textValue())
                    .isEqualTo("ok");
        }
        assertThat(api.post(path + "/deploy", "").statusCode()).isEqualTo(204);
        JsonNode deployed = Api.json(api.get(path)).path("result");
        assertThat(deployed.path("state").textValue()).isEqualTo("deployed");
        assertThat(deployed.path("hasBeenDeployed").booleanValue()).isTrue();
        Response kept = api.delete(path);
        assertThat(kept.statusCode()).isEqualTo(409);
        assertThat(Api.json(kept).at("/error/code").textValue()).isEqualTo("1451");
        JsonNode updated = Api.json(api.put(
                path,
                JsonBuffer.textOf(((ObjectNode) deployed)
                        .set("services", LimitConfig.parsed(capping(9)).path("services")))));
        assertThat(updated.at("/updatedElement/state").textValue()).isEqualTo("updated");
        assertThat(updated.at("/updatedElement/services/action/rating/maxCallsCount")
                        .intValue())
                .isEqualTo(9);
        assertThat(updated.at("/updatedElement/deployedConfig/services/action/rating/maxCallsCount")
                        .intValue())
                .isEqualTo(5);
        assertThat(api.post(path + "/undeploy", "").statusCode()).isEqualTo(204);
        assertThat(api.post(path + "/undeploy", "").statusCode()).isEqualTo(204);
        assertThat(Api.json(api.get(path)).at("/result/state").textValue()).isEqualTo("updated");
        Response removed = api.delete(path);
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(removed.asString()).isEqualTo("{}");
        assertThat(api.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void what_only_answers_show_and_what_nobody_knows_is_ignored() {
        ObjectNode sent = (ObjectNode) LimitConfig.parsed(capping(5));
        sent.put("uid", "mine").put("_id", "mine").put("state", "deployed").put("hasBeenDeployed", true);
        sent.put("whatever", 1)
                .put("sandboxName", "other")
                .putObject("metadata")
                .put("createdBy", "me");
        JsonNode created = Api.json(api.post("/endpointConfigs", JsonBuffer.textOf(sent)));
        JsonNode element = created.path("createdElement");
        assertThat(element.path("uid")).isEqualTo(created.path("uid"));
        assertThat(element.path("uid").textValue()).hasSize(36);
        assertThat(element.path("state").textValue()).isEqualTo("created");
        assertThat(element.path("hasBeenDeployed").booleanValue()).isFalse();
        assertThat(element.path("sandboxName").textValue()).isEqualTo(api.sandbox());
        assertThat(element.path("orgId").textValue()).isEqualTo("acme");
        assertThat(element.has("whatever")).isFalse();
        assertThat(element.at("/metadata/createdBy").textValue()).isNotEqualTo("me");
    }

    @Test
    void the_rating_of_older_files_is_read() {
        String legacy = capping(5).replace("maxCallsCount", "maxCalls").replace("rating", "callRating");
        JsonNode created = Api.json(api.post("/endpointConfigs", legacy));
        assertThat(created.path("resStatus").textValue()).isEqualTo("created");
        api.post("/endpointConfigs/" + created.path("uid").textValue() + "/deploy", "");
        assertThat(Api.json(api.get("/limits")).at("/cappings/0/maxCallsCount").intValue())
                .isEqualTo(5);
    }

    @Test
    void what_is_deployed_is_removed_by_force_alone() {
        String path = "/endpointConfigs/"
                + Api.json(api.post("/endpointConfigs", capping(5))).path("uid").textValue();
        api.post(path + "/deploy", "");
        assertThat(api.delete(path + "?forceDelete=true").statusCode()).isEqualTo(200);
        assertThat(api.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_throttling_goes_through_its_life() {
        JsonNode created = Api.json(api.post("/throttlingConfigs", throttling(7)));
        String path = "/throttlingConfigs/" + created.path("uid").textValue();
        assertThat(created.at("/createdElement/maxThroughput").intValue()).isEqualTo(7);
        assertThat(created.at("/createdElement/weights/Welcome").intValue()).isEqualTo(3);
        assertError(api.post(path + "/undeploy", ""), 400, "14468");
        assertThat(api.post(path + "/deploy", "").statusCode()).isEqualTo(204);
        assertError(api.post(path + "/deploy", ""), 400, "14466");
        assertError(api.delete(path), 409, "1456");
        JsonNode updated = Api.json(api.put(path, throttling(8)));
        assertThat(updated.at("/updatedElement/state").textValue()).isEqualTo("deployed");
        assertThat(updated.at("/updatedElement/deployedConfig/maxThroughput").intValue())
                .isEqualTo(8);
        assertThat(Api.json(api.get("/limits"))
                        .at("/throttlings/0/maxThroughput")
                        .intValue())
                .isEqualTo(8);
        assertThat(api.post(path + "/undeploy", "").statusCode()).isEqualTo(204);
        assertThat(api.delete(path).statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_not_there_is_told_in_the_same_form() {
        for (String uid : new String[] {"nobody", "3b241101-e2bb-4255-8caf-4136c566a962"}) {
            assertError(api.get("/throttlingConfigs/" + uid), 404, "14467");
            assertError(api.put("/throttlingConfigs/" + uid, throttling(7)), 404, "14467");
            assertThat(api.delete("/endpointConfigs/" + uid).statusCode()).isEqualTo(404);
            assertThat(api.post("/endpointConfigs/" + uid + "/deploy", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void another_sandbox_sees_nothing_of_it() {
        String path = "/endpointConfigs/"
                + Api.json(api.post("/endpointConfigs", capping(5))).path("uid").textValue();
        Api other = Api.fresh();
        assertThat(other.get(path).statusCode()).isEqualTo(404);
        assertThat(Api.json(other.post("/list/endpointConfigs", "{}")).path("results"))
                .isEmpty();
        assertThat(Api.json(api.post("/list/endpointConfigs", "{}")).path("results"))
                .hasSize(1);
    }

    @Test
    void a_deployed_cap_refuses_calls_and_shows_its_use() {
        api.post("/actions", Definitions.message("Sms", provider.url("/v1/send")));
        String path = "/endpointConfigs/"
                + Api.json(api.post("/endpointConfigs", capping(2))).path("uid").textValue();
        assertThat(invoke().path("outcome").textValue()).isEqualTo("succeeded");
        assertThat(api.post(path + "/deploy", "").statusCode()).isEqualTo(204);
        for (int i = 0; i < 2; i++) {
            assertThat(invoke().path("outcome").textValue()).isEqualTo("succeeded");
        }
        JsonNode third = invoke();
        assertThat(third.path("outcome").textValue()).isEqualTo("capped");
        assertThat(third.path("jo_status_code").textValue()).isEqualTo("capped");
        assertThat(third.at("/error/code").textValue()).isEqualTo("capped");
        assertThat(third.path("attempts").intValue()).isZero();
        assertThat(provider.requests()).hasSize(3);
        assertThat(Api.json(api.get("/limits")).at("/cappings/0/used").intValue())
                .isEqualTo(2);
        await().untilAsserted(() -> assertThat(
                        Api.json(api.get("/logs?outcome=capped")).path("items"))
                .hasSize(1));
    }

    private static void assertError(Response answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Api.json(answer).at("/error/code").textValue()).isEqualTo(code);
    }

    private JsonNode invoke() {
        return Api.json(api.post("/actions/Sms/invoke", HELLO));
    }

    /** In an hour, so that no test waits for the end of its window. */
    private String capping(int calls) {
        return """
                { "url": "%s", "methods": ["POST"], "orgId": "acme",
                  "services": { "action": { "rating": { "maxCallsCount": %d, "periodInMs": 3600000 } } } }""".formatted(provider.url("/v1/*"), calls);
    }

    private String throttling(int rate) {
        return """
                { "name": "t", "urlPattern": "%s", "methods": ["POST"], "maxThroughput": %d,
                  "weights": { "Welcome": 3 } }""".formatted(provider.url("/*"), rate);
    }
}
