package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.CaseTable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TraceParentTest {

    @TestFactory
    Stream<DynamicTest> reads_every_case() {
        return StreamSupport.stream(CaseTable.read("/call/trace-parents.json").spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(
                        row.get("name").textValue(),
                        () -> assertThat(TraceParent.parse(row.get("text").textValue())
                                        .isPresent())
                                .isEqualTo(row.get("legal").booleanValue())));
    }

    @Test
    void its_parts_are_told_apart_and_put_together_again() {
        String text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        TraceParent place = TraceParent.parse(text).orElseThrow();

        assertThat(place).isEqualTo(new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01"));
        assertThat(place.text()).isEqualTo(text);
    }
}
