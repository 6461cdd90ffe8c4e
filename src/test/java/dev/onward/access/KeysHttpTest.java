package dev.onward.access;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysHttpTest {

    private final Api api = Api.fresh();

    @Test
    void who_sends_no_known_key_is_401_with_a_challenge() {
        for (Api nobody : List.of(
                Api.anonymous(),
                api.as("unknown"),
                api.as(""),
                api.as("\u00e4"),
                api.as("x".repeat(8_000)),
                api.with("Authorization", "Basic YWRtaW46YWRtaW4="),
                api.with("Authorization", "Bearer"),
                api.with("Authorization", Api.ADMIN_KEY))) {
            Response refused = nobody.get("/actions");
            assertProblem(refused, 401, "unauthenticated");
            assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void an_admin_of_one_sandbox_has_no_hand_in_another() {
        Api admin = api.as(api.newKey("admin", "team-a"));
        String foreign = Api.json(api.post("/keys", "{\"name\":\"b\",\"role\":\"viewer\",\"sandboxes\":[\"team-b\"]}"))
                .path("id")
                .asText();
        for (String sandbox : List.of("*", "team-b")) {
            String wanted = "{\"name\":\"x\",\"role\":\"admin\",\"sandboxes\":[\"" + sandbox + "\"]}";
            assertProblem(admin.post("/keys", wanted), 403, "forbidden");
        }
        assertProblem(admin.get("/keys/" + foreign), 404, "not-found");
        assertProblem(admin.get("/keys/admin"), 404, "not-found");
        assertProblem(admin.delete("/keys/" + foreign), 404, "not-found");
        assertThat(Api.json(admin.get("/keys?limit=1000")).findValuesAsText("id"))
                .isNotEmpty()
                .doesNotContain(foreign);
        assertThat(api.get("/keys/" + foreign).statusCode()).isEqualTo(200);
    }

    @Test
    void the_scheme_is_read_whatever_its_case() {
        assertThat(api.with("Authorization", "bearer " + Api.ADMIN_KEY)
                        .get("/actions")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_fault_of_a_key_is_told_at_once() {
        Response refused = api.post("/keys", "{\"name\":\"\",\"role\":\"god\",\"sandboxes\":[\"A B\",7],\"x\":1}");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/name", "/role", "/sandboxes/0", "/sandboxes/1", "/x");
        assertThat(Api.json(api.post("/keys", "{}")).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/name", "/role", "/sandboxes");
        assertThat(Api.json(api.post("/keys", "{\"name\":7,\"role\":[],\"sandboxes\":\"prod\"}"))
                        .findValuesAsText("code"))
                .containsOnly("wrong-type");
        assertProblem(
                api.post("/keys", "{\"name\":\"a\",\"role\":\"admin\",\"sandboxes\":[]}"), 422, "validation-failed");
        for (String name : List.of("\\u0000", "\\ud800", "a\\nb", "x".repeat(101))) {
            String body = "{\"name\":\"%s\",\"role\":\"viewer\",\"sandboxes\":[\"*\"]}".formatted(name);
            assertProblem(api.post("/keys", body), 422, "validation-failed");
        }
    }

    @Test
    void a_key_is_shown_once_and_works_at_once() {
        Response created = api.post("/keys", "{\"name\":\"Ünïcode 😀\",\"role\":\"viewer\",\"sandboxes\":[\"*\"]}");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode made = Api.json(created);
        String key = made.get("key").textValue();
        assertThat(key).matches("onw_[A-Za-z0-9_-]{43}");
        assertThat(made.get("name").textValue()).isEqualTo("Ünïcode 😀");
        assertThat(made.get("role").textValue()).isEqualTo("viewer");
        assertThat(made.get("createdBy").textValue()).isEqualTo("admin");
        String path = "/keys/" + made.get("id").textValue();
        assertThat(created.header("Location")).endsWith("/api/v1" + path);
        assertThat(api.get(path).asString()).doesNotContain(key).contains("nïcode");
        assertThat(api.get("/keys?limit=1000").asString()).doesNotContain(key);
        assertThat(api.as(key).get("/actions").statusCode()).isEqualTo(200);
    }

    @Test
    void a_key_has_a_tag_that_reading_and_removing_honour() {
        JsonNode made = Api.json(api.post("/keys", "{\"name\":\"a\",\"role\":\"viewer\",\"sandboxes\":[\"*\"]}"));
        String path = "/keys/" + made.get("id").textValue();
        String tag = api.get(path).header("ETag");
        assertThat(tag).matches("\"[!-~]+\"");
        assertThat(api.with("If-None-Match", tag).get(path).statusCode()).isEqualTo(304);
        assertProblem(api.with("If-Match", "\"other\"").delete(path), 412, "precondition-failed");
        assertThat(api.with("If-Match", tag).delete(path).statusCode()).isEqualTo(204);
    }

    @Test
    void a_removed_key_stops_working() {
        JsonNode made = Api.json(api.post("/keys", "{\"name\":\"a\",\"role\":\"viewer\",\"sandboxes\":[\"*\"]}"));
        Api holder = api.as(made.get("key").textValue());
        assertThat(holder.get("/actions").statusCode()).isEqualTo(200);
        String path = "/keys/" + made.get("id").textValue();
        assertThat(api.delete(path).statusCode()).isEqualTo(204);
        assertThat(holder.get("/actions").statusCode()).isEqualTo(401);
        assertProblem(api.get(path), 404, "not-found");
        assertProblem(api.delete(path), 404, "not-found");
    }

    @Test
    void the_first_key_is_shown_and_cannot_be_removed() {
        assertThat(Api.json(api.get("/keys/admin")).get("role").textValue()).isEqualTo("admin");
        assertProblem(api.delete("/keys/admin"), 409, "conflict");
    }

    @Test
    void a_key_reaches_its_sandboxes_only() {
        api.post("/actions", Definitions.smallest("Sms"));
        Api bound = api.as(api.newKey("author", api.sandbox(), "test-more"));
        assertThat(bound.get("/actions/Sms").statusCode()).isEqualTo(200);
        assertThat(bound.in("test-more").get("/actions").statusCode()).isEqualTo(200);
        assertProblem(bound.in("test-other").get("/actions"), 403, "forbidden");
        assertProblem(bound.in("prod").post("/actions", Definitions.smallest("Sms")), 403, "forbidden");
        assertProblem(bound.in("test-other").post("/actions/Sms/invoke", "{}"), 403, "forbidden");
    }

    @Test
    void what_a_key_made_bears_its_id() {
        JsonNode made = Api.json(api.post("/keys", "{\"name\":\"a\",\"role\":\"author\",\"sandboxes\":[\"*\"]}"));
        Api author = api.as(made.get("key").textValue());
        JsonNode action = Api.json(author.post("/actions", Definitions.smallest("Sms")));
        assertThat(action.get("createdBy").textValue()).isEqualTo(made.get("id").textValue());
    }

    @Test
    void keys_are_listed_page_by_page() {
        for (int i = 0; i < 3; i++) {
            api.newKey("viewer", "*");
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = Api.json(api.get("/keys?limit=2" + cursor));
            ids.addAll(page.get("items").findValuesAsText("id"));
            assertThat(page.get("items")).hasSizeLessThanOrEqualTo(2);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").textValue();
        } while (!cursor.isEmpty());
        assertThat(ids).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertProblem(api.get("/keys?limit=0"), 422, "validation-failed");
        assertProblem(api.get("/keys?cursor=!"), 400, "cursor-invalid");
    }
}
