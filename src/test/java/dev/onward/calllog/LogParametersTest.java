package dev.onward.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.calllog.search.CursorInvalidException;
import dev.onward.calllog.search.LogFilter;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.StatusRange;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LogParametersTest {

    private static final LogScope SCOPE = new LogScope(Sandbox.DEFAULT, Optional.empty());

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(LogParametersTest.class.getResourceAsStream("/calllog/parameters.json"))) {
            return StreamSupport.stream(StrictJson.read(table.readAllBytes()).spliterator(), false)
                    .map(entry -> DynamicTest.dynamicTest(entry.get("name").textValue(), () -> check(entry)));
        }
    }

    @Test
    void every_condition_reaches_the_query() {
        LogQuery query = LogParameters.read(
                Map.of(
                        "action", List.of("a"),
                        "journey", List.of("j"),
                        "profile", List.of("p"),
                        "outcome", List.of("failed"),
                        "status", List.of("5xx"),
                        "host", List.of("Example.COM"),
                        "from", List.of("2026-01-31T10:00:00Z"),
                        "to", List.of("2026-01-31T11:00:00+01:00"),
                        "limit", List.of("7")),
                SCOPE);
        assertThat(query)
                .isEqualTo(new LogQuery(
                        SCOPE,
                        new LogFilter(
                                Optional.of("a"),
                                Optional.of("j"),
                                Optional.of("p"),
                                Optional.of("failed"),
                                Optional.of(new StatusRange(500, 599)),
                                Optional.of("example.com"),
                                Optional.of(Instant.parse("2026-01-31T10:00:00Z")),
                                Optional.of(Instant.parse("2026-01-31T10:00:00Z"))),
                        Optional.empty(),
                        7));
    }

    @Test
    void a_cursor_of_somebody_else_is_refused() {
        Map<String, List<String>> parameters = Map.of("cursor", List.of("abc"));
        assertThatThrownBy(() -> LogParameters.read(parameters, SCOPE)).isInstanceOf(CursorInvalidException.class);
    }

    private static void check(JsonNode entry) {
        Map<String, List<String>> parameters = new HashMap<>();
        entry.get("query").properties().forEach(parameter -> {
            List<String> values = new ArrayList<>();
            parameter.getValue().forEach(value -> values.add(value.textValue()));
            parameters.put(parameter.getKey(), values);
        });
        assertThat(issues(parameters)).isEqualTo(expected(entry.get("issues")));
    }

    private static List<String> expected(JsonNode issues) {
        return StreamSupport.stream(issues.spliterator(), false)
                .map(issue -> issue.get(0).textValue() + " " + issue.get(1).textValue())
                .toList();
    }

    private static List<String> issues(Map<String, List<String>> parameters) {
        try {
            LogParameters.read(parameters, SCOPE);
            return List.of();
        } catch (InvalidException invalid) {
            return invalid.issues().stream()
                    .map(issue -> issue.pointer() + " " + issue.code().code())
                    .toList();
        }
    }
}
