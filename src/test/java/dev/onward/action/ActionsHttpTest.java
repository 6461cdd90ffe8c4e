package dev.onward.action;

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
class ActionsHttpTest {

    private final Api api = Api.fresh();

    @Test
    void a_new_action_is_version_one_with_location_and_tag() {
        Response created = create("Sms");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/api/v1/actions/Sms");
        assertThat(created.header("ETag")).matches("\"[!-~]+\"");
        JsonNode body = Api.json(created);
        assertThat(body.get("version").intValue()).isEqualTo(1);
        assertThat(body.get("usedIn").intValue()).isZero();
        assertThat(body.get("warnings").isArray()).isTrue();
        assertThat(body.get("createdBy").textValue()).isEqualTo("admin");
        assertThat(body.get("createdAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(api.get("/actions/Sms").header("ETag")).isEqualTo(created.header("ETag"));
    }

    @Test
    void a_taken_name_is_a_conflict() {
        create("Sms");
        assertProblem(create("Sms"), 409, "conflict");
    }

    @Test
    void every_fault_is_told_at_once_with_its_pointer() {
        Response refused = api.post("/actions", """
                { "name": "a-b", "endpoint": { "url": "http://127.1/", "method": "HEAD", "hedaers": {} },
                  "timeout": "PT31S" }""");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/name", "/endpoint/url", "/endpoint/method", "/endpoint/hedaers", "/timeout");
    }

    @Test
    void a_replacement_is_a_new_version_with_a_new_tag() {
        String first = create("Sms").header("ETag");
        Response replaced = api.with("If-Match", first).put("/actions/Sms", document("Sms", "second"));
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isNotEqualTo(first);
        assertThat(Api.json(replaced).get("version").intValue()).isEqualTo(2);
        assertThat(Api.json(api.get("/actions/Sms")).get("description").textValue())
                .isEqualTo("second");
    }

    @Test
    void what_was_read_can_be_sent_back() {
        create("Sms");
        Response again = api.put("/actions/Sms", api.get("/actions/Sms").asByteArray());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Api.json(again).get("version").intValue()).isEqualTo(2);
    }

    @Test
    void a_stale_tag_is_refused_and_changes_nothing() {
        String first = create("Sms").header("ETag");
        api.put("/actions/Sms", document("Sms", "second"));
        Api stale = api.with("If-Match", first);
        assertProblem(stale.put("/actions/Sms", document("Sms", "third")), 412, "precondition-failed");
        assertProblem(stale.delete("/actions/Sms"), 412, "precondition-failed");
        assertProblem(stale.post("/actions/Sms/versions/1/restore", ""), 412, "precondition-failed");
        assertThat(Api.json(api.get("/actions/Sms")).get("description").textValue())
                .isEqualTo("second");
    }

    @Test
    void any_of_several_tags_or_a_star_satisfies_if_match() {
        String tag = create("Sms").header("ETag");
        assertThat(api.with("If-Match", "\"x\", " + tag)
                        .put("/actions/Sms", document("Sms", "b"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.with("If-Match", "*")
                        .put("/actions/Sms", document("Sms", "c"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_weak_tag_never_satisfies_if_match_but_if_none_match() {
        String tag = create("Sms").header("ETag");
        assertProblem(
                api.with("If-Match", "W/" + tag).put("/actions/Sms", document("Sms", "b")), 412, "precondition-failed");
        assertThat(api.with("If-None-Match", "W/" + tag).get("/actions/Sms").statusCode())
                .isEqualTo(304);
    }

    @Test
    void who_has_the_latest_version_gets_304() {
        String tag = create("Sms").header("ETag");
        Response known = api.with("If-None-Match", tag).get("/actions/Sms");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.asByteArray()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(tag);
        assertThat(api.with("If-None-Match", "\"other\"").get("/actions/Sms").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_put_must_name_the_path_and_still_tells_every_other_fault() {
        create("Sms");
        Response refused = api.put("/actions/Sms", """
                { "name": "Other", "endpoint": { "url": "https://a.example.com/", "method": "POST" }, "colour": 1 }""");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("code"))
                .containsExactlyInAnyOrder("name-mismatch", "unknown-member");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertProblem(api.get("/actions/Nobody"), 404, "not-found");
        assertProblem(api.put("/actions/Nobody", document("Nobody", "")), 404, "not-found");
        assertProblem(api.delete("/actions/Nobody"), 404, "not-found");
        assertProblem(api.get("/actions/Nobody/versions"), 404, "not-found");
        create("Sms");
        for (String version : List.of("0", "2", "-1", "1.0", "x", "99999999999999999999")) {
            assertProblem(api.get("/actions/Sms/versions/" + version), 404, "not-found");
            assertProblem(api.post("/actions/Sms/versions/" + version + "/restore", ""), 404, "not-found");
        }
    }

    @Test
    void a_list_is_read_page_by_page_while_rows_are_inserted() {
        for (String name : List.of("B", "D", "F", "H")) {
            create(name);
        }
        JsonNode first = Api.json(api.get("/actions?limit=2"));
        assertThat(first.findValuesAsText("name")).containsExactly("B", "D");
        create("A");
        create("E");
        JsonNode second =
                Api.json(api.get("/actions?limit=2&cursor=" + first.get("next").textValue()));
        assertThat(second.findValuesAsText("name")).containsExactly("E", "F");
        JsonNode last =
                Api.json(api.get("/actions?limit=2&cursor=" + second.get("next").textValue()));
        assertThat(last.findValuesAsText("name")).containsExactly("H");
        assertThat(last.get("next").isNull()).isTrue();
        assertThat(last.at("/items/0/version").intValue()).isEqualTo(1);
        assertThat(last.at("/items/0/usedIn").intValue()).isZero();
    }

    @Test
    void q_searches_name_and_description_whatever_the_case_and_takes_no_wildcards() {
        api.post("/actions", document("OrderSms", "Tells 100% of the Städte"));
        api.post("/actions", document("Mail", ""));
        assertThat(namesFor("order")).containsExactly("OrderSms");
        assertThat(namesFor("st%C3%A4dte")).containsExactly("OrderSms");
        assertThat(namesFor("0%25")).containsExactly("OrderSms");
        assertThat(namesFor("%25")).containsExactly("OrderSms");
        assertThat(namesFor("%27%22%5C")).isEmpty();
        assertThat(namesFor("")).containsExactly("Mail", "OrderSms");
        assertProblem(api.get("/actions?q=%00"), 422, "validation-failed");
    }

    @Test
    void a_limit_out_of_range_is_422_and_an_unknown_cursor_400() {
        create("Sms");
        for (String limit : List.of("0", "1001", "-1", "x", "1.5", "99999999999")) {
            assertProblem(api.get("/actions?limit=" + limit), 422, "validation-failed");
            assertProblem(api.get("/actions/Sms/versions?limit=" + limit), 422, "validation-failed");
        }
        for (String cursor : List.of("!", "a", "foo", "zzz", "AA", "Cg", "QQpC", "%00", "%F0%9F%98%80")) {
            assertProblem(api.get("/actions?cursor=" + cursor), 400, "cursor-invalid");
            assertProblem(api.get("/actions/Sms/versions?cursor=" + cursor), 400, "cursor-invalid");
        }
    }

    @Test
    void versions_are_listed_newest_first_and_never_change() {
        create("Sms");
        api.put("/actions/Sms", document("Sms", "second"));
        api.put("/actions/Sms", document("Sms", "third"));
        JsonNode page = Api.json(api.get("/actions/Sms/versions?limit=2"));
        assertThat(page.findValuesAsText("version")).containsExactly("3", "2");
        JsonNode rest = Api.json(api.get(
                "/actions/Sms/versions?limit=2&cursor=" + page.get("next").textValue()));
        assertThat(rest.findValuesAsText("version")).containsExactly("1");
        assertThat(rest.get("next").isNull()).isTrue();
        Response second = api.get("/actions/Sms/versions/2");
        assertThat(Api.json(second).get("description").textValue()).isEqualTo("second");
        assertThat(second.header("ETag")).isNotEqualTo(api.get("/actions/Sms").header("ETag"));
    }

    @Test
    void a_restored_version_is_a_new_one() {
        api.post("/actions", document("Sms", "first"));
        api.put("/actions/Sms", document("Sms", "second"));
        Response restored = api.post("/actions/Sms/versions/1/restore", "");
        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(Api.json(restored).get("version").intValue()).isEqualTo(3);
        assertThat(Api.json(api.get("/actions/Sms")).get("description").textValue())
                .isEqualTo("first");
    }

    @Test
    void a_deleted_name_can_be_used_again_and_knows_nothing_of_before() {
        String old = create("Sms").header("ETag");
        api.put("/actions/Sms", document("Sms", "second"));
        assertThat(api.delete("/actions/Sms").statusCode()).isEqualTo(204);
        assertProblem(api.get("/actions/Sms"), 404, "not-found");
        assertProblem(api.get("/actions/Sms/versions/1"), 404, "not-found");
        Response again = create("Sms");
        assertThat(Api.json(again).get("version").intValue()).isEqualTo(1);
        assertThat(again.header("ETag")).isNotEqualTo(old);
        assertThat(Api.json(api.get("/actions/Sms/versions")).findValuesAsText("version"))
                .containsExactly("1");
        assertProblem(api.with("If-Match", old).delete("/actions/Sms"), 412, "precondition-failed");
    }

    @Test
    void an_action_is_invisible_from_another_sandbox() {
        create("Sms");
        Api foreign = Api.fresh();
        assertProblem(foreign.get("/actions/Sms"), 404, "not-found");
        assertProblem(foreign.get("/actions/Sms/versions/1"), 404, "not-found");
        assertProblem(foreign.put("/actions/Sms", document("Sms", "")), 404, "not-found");
        assertProblem(foreign.delete("/actions/Sms"), 404, "not-found");
        assertProblem(foreign.post("/actions/Sms/render", "{}"), 404, "not-found");
        assertThat(Api.json(foreign.get("/actions")).get("items").isEmpty()).isTrue();
    }

    @Test
    void infer_answers_what_a_definition_takes() {
        Response inferred = api.post("/actions/infer", """
                { "payload": { "tpl": "welcome", "to": "x@y.z", "items": [ { "sku": "A", "qty": 1 } ] },
                  "variables": [ "/to", "/items" ] }""");
        assertThat(inferred.statusCode()).isEqualTo(200);
        JsonNode answer = Api.json(inferred);
        JsonNode definition = Definitions.merged(
                Definitions.smallest("Inferred"),
                Definitions.parse("{\"parameters\":%s,\"request\":{\"payload\":%s}}"
                        .formatted(answer.get("parameters"), answer.get("payload"))));
        assertThat(api.post("/actions", definition).statusCode()).isEqualTo(201);
    }

    @Test
    void numbers_and_order_of_a_definition_are_kept() {
        String payload = "{\"z\":1.10,\"a\":12345678901234567890.120,\"t\":\"\\uD800 \\u0000\"}";
        api.post(
                "/actions",
                Definitions.merged(
                        Definitions.smallest("Sms"), Definitions.parse("{\"request\":{\"payload\":" + payload + "}}")));
        assertThat(api.get("/actions/Sms").asString()).contains(payload);
    }

    private Response create(String name) {
        return api.post("/actions", Definitions.smallest(name));
    }

    private List<String> namesFor(String q) {
        List<String> names = new ArrayList<>();
        Api.json(api.get("/actions?q=" + q))
                .get("items")
                .forEach(item -> names.add(item.get("name").textValue()));
        return names;
    }

    private static String document(String name, String description) {
        return Definitions.smallest(name).put("description", description).toString();
    }
}
