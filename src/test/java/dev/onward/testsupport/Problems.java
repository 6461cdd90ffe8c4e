package dev.onward.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.List;

/** Checks error bodies: complete by RFC 9457 and the contract, and without anything that must not leave. */
public final class Problems {

    private Problems() {}

    /** Checks that an answer is this problem. */
    public static void assertProblem(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).as("content type").startsWith("application/problem+json");
        assertProblem(Api.json(response), status, code);
    }

    /** Checks that a document is this problem. */
    public static void assertProblem(JsonNode problem, int status, String code) {
        assertThat(problem.path("type").textValue()).isEqualTo("/problems/" + code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        for (String member : List.of("title", "detail", "instance")) {
            assertThat(problem.path(member).textValue()).as(member).isNotBlank();
        }
        problem.path("errors").forEach(error -> {
            assertThat(error.path("pointer").isTextual()).isTrue();
            assertThat(error.path("code").textValue()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(error.path("message").textValue()).isNotBlank();
        });
        assertTellsNothingOfTheInside(problem.toString());
    }

    /** Checks that a text shows no stack trace, class name or SQL. */
    public static void assertTellsNothingOfTheInside(String text) {
        assertThat(text)
                .doesNotContain("Exception", "dev.onward", "java.", "io.quarkus", "at org.", "jakarta", "PSQL")
                .doesNotContainIgnoringCase("select ", "insert into", "stack");
    }
}
