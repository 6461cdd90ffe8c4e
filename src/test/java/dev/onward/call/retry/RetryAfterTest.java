package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.Header;
import dev.onward.testsupport.CaseTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RetryAfterTest {

    @TestFactory
    Stream<DynamicTest> reads_every_case() {
        JsonNode table = CaseTable.read("/call/retry-after.json");
        Instant now = Instant.parse(table.get("now").textValue());
        return StreamSupport.stream(table.get("cases").spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(
                        row.get("name").textValue(),
                        () -> assertThat(RetryAfter.of(headers(row.get("values")), now))
                                .isEqualTo(wait(row.get("wait")))));
    }

    @Test
    void a_thousand_malformed_values_are_not_all_read() {
        List<Header> headers = new ArrayList<>();
        for (int count = 0; count < 1_000; count++) {
            headers.add(new Header("Retry-After", "soon"));
        }
        headers.add(new Header("Retry-After", "7"));

        assertThat(RetryAfter.of(headers, Instant.EPOCH)).isEmpty();
    }

    private static List<Header> headers(JsonNode values) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Date", "3"));
        values.forEach(value -> headers.add(new Header("retry-after", value.textValue())));
        return headers;
    }

    private static Optional<Duration> wait(JsonNode expected) {
        return expected.isNull() ? Optional.empty() : Optional.of(Duration.parse(expected.textValue()));
    }
}
