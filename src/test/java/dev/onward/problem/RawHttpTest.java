package dev.onward.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.Problems;
import dev.onward.testsupport.RawClient;
import dev.onward.value.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code raw-http.json}: bytes that are no request, or no request for us, and what they are answered. */
@QuarkusTest
class RawHttpTest {

    static Stream<Arguments> rows() {
        return CaseTable.read("/problem/raw-http.json")
                .valueStream()
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void one_answer_comes_and_the_connection_is_closed(String name, JsonNode row) throws IOException {
        try (RawClient client = RawClient.connect(RestAssured.port)) {
            String answer = client.send(request(row)).untilClosed();
            if (!row.has("status")) {
                assertThat(answer).isEmpty();
                return;
            }
            assertThat(answer).startsWith("HTTP/");
            assertThat(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()))
                    .isEqualTo(row.get("status").asText());
            assertThat(answer.split("HTTP/[19].[0-9] [1-5]", -1)).as(answer).hasSize(2);
            Problems.assertTellsNothingOfTheInside(answer);
            if (row.has("code")) {
                String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
                JsonNode problem = StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
                Problems.assertProblem(
                        problem, row.get("status").intValue(), row.get("code").textValue());
            }
            row.path("headers").forEach(header -> assertThat(answer).containsIgnoringCase(header.textValue() + "\r\n"));
        }
    }

    @Test
    void what_follows_a_refused_request_is_not_carried_out() throws IOException {
        Api api = Api.fresh();
        String created = Definitions.smallest("Smuggled").toString();
        String refused = "POST /api/v1/actions/A/invoke HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n";
        String next = "POST /api/v1/actions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Api.ADMIN_KEY
                + "\r\nx-sandbox-name: " + api.sandbox() + "\r\nContent-Type: application/json\r\nContent-Length: "
                + created.length() + "\r\n\r\n" + created;
        // Several, since one that is carried out may be so only after the connection is closed.
        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.connect(RestAssured.port)) {
                client.send(refused + next).untilClosed();
            }
        }
        assertThat(api.get("/actions/Smuggled").statusCode()).isEqualTo(404);
    }

    private static String request(JsonNode row) {
        String long16k = "x".repeat(17_000);
        return row.get("request")
                .textValue()
                .replace("{key}", Api.ADMIN_KEY)
                .replace("{17k}", long16k)
                .replace("\n", "\r\n")
                .replace("\r\r\n", "\n");
    }
}
