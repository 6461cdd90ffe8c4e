package dev.onward.expression;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpressionsHttpTest {

    private static final String ORDER =
            "{\"event\": {\"Order\": {\"items\": [{\"price\": 12}, {\"price\": 8}], \"ref\": \"A\"}}}";

    private final Api api = Api.fresh();

    @Test
    void an_expression_is_evaluated_against_the_context() {
        Response answer = evaluate("count(@event{Order.items.all(currentEventField.price > 10)})", ORDER);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Api.json(answer)).hasToString("{\"type\":\"integer\",\"value\":1}");
    }

    @Test
    void the_context_may_be_left_out() {
        assertThat(Api.json(api.post("/expressions/evaluate", "{\"expression\": \"1 + 2\"}")))
                .hasToString("{\"type\":\"integer\",\"value\":3}");
    }

    @Test
    void the_clock_is_the_real_one_unless_the_context_says_otherwise() {
        assertThat(Api.json(evaluate("now()", "{\"now\": \"2026-01-31T10:00:00Z\"}"))
                        .path("value")
                        .textValue())
                .isEqualTo("2026-01-31T10:00:00.000Z");
        assertThat(Api.json(evaluate("now() > toDateTime('2026-01-31T10:00:00Z')", "{}"))
                        .path("value")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void a_null_has_the_type_that_is_known() {
        assertThat(Api.json(evaluate("@event{Order.none}", ORDER))).hasToString("{\"type\":\"any\",\"value\":null}");
        assertThat(Api.json(evaluate("upper(@event{Order.none})", ORDER)))
                .hasToString("{\"type\":\"string\",\"value\":null}");
    }

    @Test
    void an_audience_and_a_journey_property_are_seen() {
        String context = "{\"audiences\": {\"vip\": \"realized\"}, \"journey\": {\"profileId\": \"P-1\"}}";
        assertThat(Api.json(evaluate("if (inAudience('vip')) then (profileId) else ('')", context))
                        .path("value")
                        .textValue())
                .isEqualTo("P-1");
    }

    @Test
    void every_fault_is_told_at_its_place() {
        Response refused = evaluate("uper('a') +\n @event{Order.items.al()} * 'b'", ORDER);
        assertProblem(refused, 422, "expression-invalid");
        JsonNode errors = Api.json(refused).path("errors");
        assertThat(errors.findValuesAsText("code"))
                .containsExactly("unknown-function", "unknown-collection-function", "wrong-type");
        assertThat(errors.findValuesAsText("pointer")).containsOnly("/expression");
        assertThat(errors.path(0).path("suggestion").textValue()).isEqualTo("upper");
        assertThat(errors.path(1).path("line").intValue()).isEqualTo(2);
        assertThat(errors.path(1).path("column").intValue()).isEqualTo(21);
        assertThat(errors.path(1).path("length").intValue()).isEqualTo(2);
    }

    @Test
    void a_fault_of_the_evaluation_is_told_at_its_place_too() {
        Response refused = evaluate("'x' + substr(@event{Order.ref}, -1)", ORDER);
        assertProblem(refused, 422, "expression-invalid");
        assertThat(Api.json(refused).path("errors").path(0).path("column").intValue())
                .isEqualTo(7);
    }

    @Test
    void a_message_never_quotes_the_data() {
        String secret = "{\"event\": {\"Order\": {\"token\": \"s3cret-value\"}}}";
        for (String expression : List.of(
                "@event{Order.token} * 2",
                "now() > @event{Order.token}",
                "matchRegExp('a', concat('(', @event{Order.token}))",
                "@event{Order.token.all()}",
                "max(@event{Order.token}, 1)")) {
            Response refused = evaluate(expression, secret);
            assertProblem(refused, 422, "expression-invalid");
            assertThat(refused.asString()).as(expression).doesNotContain("s3cret");
        }
    }

    @Test
    void a_check_answers_the_static_type_and_warns_of_a_misspelt_field() {
        JsonNode answer = Api.json(check("@event{Order.itmes} is null", ORDER));
        assertThat(answer.path("type").textValue()).isEqualTo("boolean");
        assertThat(answer.path("warnings").path(0).path("code").textValue()).isEqualTo("unknown-field");
        assertThat(answer.path("warnings").path(0).path("suggestion").textValue())
                .isEqualTo("items");
    }

    @Test
    void a_check_evaluates_nothing() {
        assertThat(Api.json(check("@event{Order.ref} * 2", ORDER))).hasToString("{\"type\":\"any\",\"warnings\":[]}");
    }

    @Test
    void declared_types_count() {
        String typed = "{\"types\": {\"event.Order.at\": \"dateTime\"}}";
        assertThat(Api.json(check("@event{Order.at}", typed)).path("type").textValue())
                .isEqualTo("dateTime");
        assertProblem(check("upper(@event{Order.at})", typed), 422, "expression-invalid");
    }

    @Test
    void every_fault_of_the_request_is_told_with_its_pointer() {
        Response refused = api.post(
                "/expressions/evaluate",
                "{\"expresion\": 1, \"context\": {\"event\": [], \"now\": \"noon\", \"types\": {\"order.id\": \"text\"},"
                        + " \"audiences\": {\"a\": \"maybe\"}, \"profile\": {}}}");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/expression",
                        "/expresion",
                        "/context/event",
                        "/context/now",
                        "/context/types/order.id",
                        "/context/types/order.id",
                        "/context/audiences/a",
                        "/context/profile");
    }

    @Test
    void malformed_json_is_no_expression() {
        assertProblem(api.post("/expressions/check", "{"), 400, "json-malformed");
        assertProblem(api.post("/expressions/check", "[]"), 422, "validation-failed");
        assertProblem(api.post("/expressions/check", "{\"expression\": null}"), 422, "validation-failed");
    }

    @Test
    void a_hostile_expression_ends_in_an_issue() {
        assertProblem(evaluate("(".repeat(10_000), "{}"), 422, "expression-invalid");
        assertThat(Api.json(evaluate("matchRegExp('" + "a".repeat(50) + "b', '(a+)+$')", "{}"))
                        .path("value")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void the_functions_are_listed_with_their_signatures() {
        JsonNode items = Api.json(api.get("/expressions/functions")).path("items");
        assertThat(items).hasSizeGreaterThan(70);
        JsonNode substr = find(items, "substr");
        assertThat(substr.path("group").textValue()).isEqualTo("string");
        assertThat(substr.path("description").textValue()).isNotBlank();
        assertThat(substr.path("signatures").path(1))
                .hasToString("{\"parameters\":[{\"type\":\"string\",\"constant\":false},"
                        + "{\"type\":\"integer\",\"constant\":false},{\"type\":\"integer\",\"constant\":false}],"
                        + "\"result\":\"string\"}");
    }

    @Test
    void any_role_may_ask_and_nobody_else() {
        for (String role : List.of("viewer", "invoker", "author")) {
            Api other = api.as(api.newKey(role, "*"));
            assertThat(other.post("/expressions/check", "{\"expression\": \"1\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(other.get("/expressions/functions").statusCode()).isEqualTo(200);
        }
        assertProblem(Api.anonymous().get("/expressions/functions"), 401, "unauthenticated");
    }

    private static JsonNode find(JsonNode items, String name) {
        for (JsonNode item : items) {
            if (item.path("name").textValue().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no function " + name);
    }

    private Response evaluate(String expression, String context) {
        return post("/expressions/evaluate", expression, context);
    }

    private Response check(String expression, String context) {
        return post("/expressions/check", expression, context);
    }

    private Response post(String path, String expression, String context) {
        String quoted = TextNode.valueOf(expression).toString();
        return api.post(path, "{\"expression\": " + quoted + ", \"context\": " + context + "}");
    }
}
