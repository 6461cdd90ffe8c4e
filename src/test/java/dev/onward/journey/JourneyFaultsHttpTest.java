package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Problems.assertTellsNothingOfTheInside;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of journeys that no author means, and life cycles that no author plans. */
@QuarkusTest
class JourneyFaultsHttpTest {

    private static final String ENTRY = "'name':'Odd','entry':{'event':'Odd'},";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        assertThat(api.post("/actions", Definitions.message("Sms", provider.url("/v1")))
                        .statusCode())
                .isEqualTo(201);
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | '' wrong-type",
                "7 | '' wrong-type",
                "{} | /entry missing, /name missing, /steps missing",
                "{'name':7,'entry':'x','steps':{}} | /entry wrong-type, /name wrong-type, /steps wrong-type",
                "{'name':'a b','entry':{},'steps':[7]} | /entry/event missing, /name bad-format, /steps/0 wrong-type",
                "{ENTRY'steps':[]} | /steps out-of-range",
                "{ENTRY'steps':[{'id':'a'}]} | /steps/0 step-kind-unclear",
                "{ENTRY'steps':[{'id':'a','wait':'PT1S','end':true}]} | /steps/0 step-kind-unclear",
                "{ENTRY'steps':[{'id':'a','wait':'PT1S','colour':1}]} | /steps/0/colour unknown-member",
                "{ENTRY'steps':[{'id':'a','wait':'PT1S','next':'a'}]} | /steps/0/next unknown-member",
                "{ENTRY'steps':[{'id':'a','wait':'PT1S'},{'id':'a','wait':'PT1S'}]} | /steps/1/id step-id-taken",
                "{ENTRY'steps':[{'id':'a','wait':0}]} | /steps/0/wait wrong-type",
                "{ENTRY'steps':[{'id':'a','wait':1.5}]} | /steps/0/wait wrong-type",
                "{ENTRY'steps':[{'id':'a','wait':'PT0S'}]} | /steps/0/wait out-of-range",
                "{ENTRY'steps':[{'id':'a','wait':'-PT5S'}]} | /steps/0/wait out-of-range",
                "{ENTRY'steps':[{'id':'a','wait':'P91D'}]} | /steps/0/wait out-of-range",
                "{ENTRY'steps':[{'id':'a','wait':'PT999999999999999H'}]} | /steps/0/wait out-of-range",
                "{ENTRY'steps':[{'id':'a','wait':'soon'}]} | /steps/0/wait bad-format",
                "{ENTRY'steps':[{'id':'a','wait':null}]} | /steps/0 step-kind-unclear",
                "{ENTRY'steps':[{'id':'a','action':'Sms','onError':[{'id':'b','action':'Sms','onError':[]}]}]}"
                        + " | /steps/0/onError/0/onError on-error-nested",
                "{ENTRY'steps':[{'id':'a','action':'Sms','onError':[],'continueOnError':true}]}"
                        + " | /steps/0/continueOnError on-error-twice",
                "{ENTRY'steps':[{'id':'a','action':'Sms','actionVersion':0}]} | /steps/0/actionVersion out-of-range",
                "{ENTRY'steps':[{'id':'a','action':'Sms','actionVersion':1e400}]} | /steps/0/actionVersion wrong-type",
                "{ENTRY'steps':[{'end':true},{'id':'a','wait':'PT1S'}]} | /steps/1 step-unreachable",
                "{ENTRY'timeout':'PT31S','steps':[{'end':true}]} | /timeout out-of-range",
                "{'name':'Odd','entry':{'event':'Odd','reentry':{'after':'-PT1S'}},'steps':[{'end':true}]}"
                        + " | /entry/reentry/after out-of-range"
            })
    void every_fault_of_a_journey_is_told_with_its_place(String journey, String faults) {
        Response refused = api.post("/journeys", json(journey));
        assertProblem(refused, 422, "validation-failed");
        assertThat(told(refused))
                .containsExactlyInAnyOrder(faults.replace("''", "").split(", "));
        assertProblem(api.get("/journeys/Odd"), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':'a','action':'Nobody'} | /steps/0/action unknown-action",
                "{'id':'a','action':'Sms','actionVersion':9,'arguments':{'text':'1'}} | /steps/0/actionVersion unknown-action-version",
                "{'id':'a','action':'Sms','arguments':{'txt':'1'}}"
                        + " | /steps/0/arguments/txt unknown-parameter, /steps/0/arguments/text parameter-missing",
                "{'id':'a','action':'Sms','arguments':{'text':7}} | /steps/0/arguments/text wrong-type",
                "{'id':'a','action':'Sms','arguments':{'text':'7'}} | /steps/0/arguments/text argument-type",
                "{'id':'a','if':'@action{a.id} is null','then':[]} | /steps/0/if step-not-before",
                "{'id':'a','if':'1','then':[]} | /steps/0/if condition-type"
            })
    void what_keeps_a_journey_from_being_published_is_told_with_its_place(String step, String faults) {
        Response saved = api.post("/journeys", json("{ENTRY'steps':[" + step + "]}"));
        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(201);
        Response refused = api.send(Method.POST, "/journeys/Odd/publish");
        assertProblem(refused, 422, "validation-failed");
        assertThat(told(refused)).containsExactlyInAnyOrder(faults.split(", "));
    }

    @Test
    void what_is_no_strict_json_is_no_journey() {
        for (String text : List.of(
                "",
                "{ENTRY'steps':[{'end':true}]}x",
                "{ENTRY'name':'Odd','steps':[{'end':true}]}",
                "{ENTRY'steps':" + "[".repeat(100) + "]".repeat(100) + "}",
                "{ENTRY'steps':[{'id':'a','action':'Sms','arguments':{'text':" + "{'value':".repeat(100) + "1"
                        + "}".repeat(100) + "}}]}",
                "{ENTRY'steps':[{'id':'a','action':'Sms','actionVersion':1e4000}]}")) {
            assertProblem(api.post("/journeys", json(text)), 400, "json-malformed");
        }
        String tooLong = json("{ENTRY'description':'" + "x".repeat(1024 * 1024) + "','steps':[{'end':true}]}");
        assertProblem(api.post("/journeys", tooLong), 413, "body-too-large");
    }

    @Test
    void a_literal_of_half_a_million_elements_is_told_as_a_fault() {
        String many = "[" + "1,".repeat(400_000) + "1]";
        Response saved = api.post(
                "/journeys", json("{ENTRY'steps':[{'id':'a','action':'Sms','arguments':{'text':" + many + "}}]}"));
        assertThat(saved.statusCode()).as("status").isEqualTo(201);
        assertThat(saved.asString().length()).isLessThan(4 * 1024 * 1024);
        assertProblem(api.send(Method.POST, "/journeys/Odd/publish"), 422, "validation-failed");
    }

    @Test
    void texts_with_a_null_character_come_back_as_they_were() {
        String journey = json("{ENTRY'description':'a\\u0000b','steps':[{'id':'a','name':'x\\u0000','action':'Sms',"
                + "'arguments':{'text':{'value':'\\u0000'}}}]}");
        Response saved = api.post("/journeys", journey);
        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(201);
        assertThat(Api.json(api.get("/journeys/Odd")).get("description").textValue())
                .isEqualTo("a\u0000b");
        assertThat(Api.json(api.get("/journeys")).at("/items/0/description").textValue())
                .isEqualTo("a\u0000b");
        assertThat(Api.json(api.get("/journeys?q=a%00b")).get("items")).hasSize(1);
        assertThat(api.put("/journeys/Odd", journey).statusCode()).isEqualTo(200);
        assertThat(api.send(Method.POST, "/journeys/Odd/publish").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b", "a%0Ab", "%F0%9F%98%80", "a'b", "%FF", "x%2Fy", "..."})
    void a_path_that_names_no_journey_says_so(String name) {
        for (String path : List.of("", "/versions", "/versions/1", "/versions/x", "/versions/99999999999999")) {
            told404(api.get("/journeys/" + name + path));
        }
        for (String move : List.of("publish", "stop", "pause", "resume")) {
            told404(api.send(Method.POST, "/journeys/" + name + "/" + move));
        }
        told404(api.delete("/journeys/" + name));
        told404(api.get("/events/definitions/" + name));
        told404(api.delete("/events/definitions/" + name));
        told404(api.get("/runs/" + name));
        told404(api.send(Method.POST, "/runs/" + name + "/pause"));
        told404(api.get("/instances/" + name));
        told404(api.post("/journeys/" + name + "/test", "{\"event\":{}}"));
        Response lines = api.with("Content-Type", "application/x-ndjson").post("/journeys/" + name + "/audience", "{}");
        told404(lines);
    }

    @Test
    void a_life_cycle_that_does_not_fit_is_refused() {
        api.post("/journeys", json("{ENTRY'steps':[{'id':'a','wait':'P1D'}]}"));
        for (String move : List.of("stop", "pause", "resume")) {
            assertProblem(api.send(Method.POST, "/journeys/Odd/" + move), 409, "conflict");
        }
        assertThat(move("publish")).isEqualTo(200);
        assertThat(move("resume")).isEqualTo(200);
        assertThat(move("pause")).isEqualTo(200);
        assertThat(move("pause")).isEqualTo(200);
        assertProblem(api.send(Method.POST, "/journeys/Odd/publish"), 409, "conflict");
        assertProblem(api.delete("/journeys/Odd"), 409, "journey-in-use");
        assertThat(move("resume")).isEqualTo(200);
        assertThat(move("stop")).isEqualTo(200);
        assertThat(move("stop")).isEqualTo(200);
        assertProblem(api.send(Method.POST, "/journeys/Odd/pause"), 409, "conflict");
        assertThat(api.delete("/journeys/Odd").statusCode()).isEqualTo(204);
        assertProblem(api.delete("/journeys/Odd"), 404, "not-found");
    }

    @Test
    void publishing_twice_at_once_makes_one_live_version() {
        api.post("/journeys", json("{ENTRY'steps':[{'id':'a','wait':'P1D'}]}"));
        List<CompletableFuture<Integer>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> move("publish")))
                .limit(8)
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(200, 412));
        JsonNode journey = Api.json(api.get("/journeys/Odd"));
        assertThat(journey.get("state").textValue()).isEqualTo("live");
        assertThat(journey.get("liveVersion").intValue()).isEqualTo(1);
        assertThat(Api.json(api.get("/journeys/Odd/versions")).get("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /event missing",
                "{'event':{'profileId':7}} | /event/profileId wrong-type",
                "{'event':{'profileId':''}} | /event/profileId out-of-range",
                "{'event':{'payload':[],'profile':'x'}} | /event/payload wrong-type, /event/profile wrong-type",
                "{'event':{},'mode':'wet'} | /mode not-allowed",
                "{'event':{},'mocks':{'b':{}}} | /mocks/b unknown-member",
                "{'event':{},'mocks':{'a':{'status':99}}} | /mocks/a/status out-of-range",
                "{'event':{},'mocks':{'a':7}} | /mocks/a wrong-type",
                "{'event':{},'mode':'real','mocks':{'a':{}}} | /mocks not-allowed"
            })
    void every_fault_of_a_rehearsal_is_told_with_its_place(String request, String faults) {
        api.post("/journeys", json("{ENTRY'steps':[{'id':'a','action':'Sms','arguments':{'text':{'value':'x'}}}]}"));
        Response refused = api.post("/journeys/Odd/test", json(request));
        assertProblem(refused, 422, "validation-failed");
        assertThat(told(refused)).containsExactlyInAnyOrder(faults.split(", "));
        assertThat(provider.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':'p','total':null} | condition-false",
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':'p'} | condition-false",
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':null,'total':1} | no-profile-id",
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':{},'total':1} | no-profile-id",
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':'','total':1} | no-profile-id",
                "@event{Odd.id} | @event{Odd.total} > 0 | {'id':'p','total':'x'} | expression-failed"
            })
    void a_rehearsal_says_why_nobody_comes_in(String profileId, String condition, String payload, String reason) {
        api.post(
                "/journeys",
                json("{'name':'Odd','entry':{'event':'Odd','profileId':'" + profileId + "','condition':'" + condition
                        + "'},'steps':[{'id':'a','wait':'PT1S'}]}"));
        Response answer = api.post("/journeys/Odd/test", json("{'event':{'payload':" + payload + "}}"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(Api.json(answer).get("reason").textValue()).isEqualTo(reason);
    }

    private int move(String move) {
        return api.send(Method.POST, "/journeys/Odd/" + move).statusCode();
    }

    private static void told404(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(400, 499);
        assertTellsNothingOfTheInside(answer.asString());
    }

    private static List<String> told(Response refused) {
        return Api.json(refused).get("errors").findParents("pointer").stream()
                .map(error -> error.get("pointer").textValue() + " "
                        + error.get("code").textValue())
                .toList();
    }

    private static String json(String text) {
        return text.replace("ENTRY", ENTRY).replace('\'', '"');
    }
}
