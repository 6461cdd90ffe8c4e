package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.CaseTable;
import dev.onward.value.Issues;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RetryOnTest {

    @TestFactory
    Stream<DynamicTest> reads_every_case() {
        return StreamSupport.stream(CaseTable.read("/call/retry-on.json").spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(row.get("name").textValue(), () -> check(row)));
    }

    private static void check(JsonNode row) {
        Issues issues = new Issues();

        RetryOn on = RetryOn.parse(row.get("on"), JsonPointer.compile("/retry/on"), issues);

        row.get("retried")
                .forEach(status -> assertThat(on.matches(status.intValue()))
                        .as("%s is retried", status)
                        .isTrue());
        row.get("notRetried")
                .forEach(status -> assertThat(on.matches(status.intValue()))
                        .as("%s is not retried", status)
                        .isFalse());
        assertThat(on.io()).isEqualTo(row.get("io").booleanValue());
        assertThat(found(issues)).isEqualTo(expected(row.get("issues")));
    }

    @Test
    void a_status_that_is_never_retried_cannot_be_in_the_set() {
        for (int status : new int[] {200, 302, 399, 401, 403, 404, 1_000}) {
            assertThatThrownBy(() -> new RetryOn(Set.of(status), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(status));
        }
    }

    private static Map<String, String> found(Issues issues) {
        return issues.errors().stream()
                .collect(Collectors.toMap(
                        issue -> issue.pointer().toString(),
                        issue -> issue.code().code(),
                        (first, second) -> first,
                        TreeMap::new));
    }

    private static Map<String, String> expected(JsonNode issues) {
        Map<String, String> expected = new TreeMap<>();
        issues.properties()
                .forEach(entry -> expected.put(entry.getKey(), entry.getValue().textValue()));
        return expected;
    }
}
