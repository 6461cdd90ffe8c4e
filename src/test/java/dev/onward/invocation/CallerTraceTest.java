package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerTraceTest {

    private static final String HEADER = "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-00";

    @Test
    void a_request_without_a_legal_header_is_outside_any_trace() {
        assertThat(CallerTrace.of(Optional.empty())).isEmpty();
        assertThat(CallerTrace.of(Optional.of("none"))).isEmpty();
    }

    @Test
    void the_header_counts_where_no_spans_are_kept() {
        assertThat(CallerTrace.of(Optional.of(HEADER))).contains(new TraceParent("a".repeat(32), "b".repeat(16), "00"));
    }

    @Test
    void the_span_of_the_request_counts_before_the_header() {
        SpanContext handling =
                SpanContext.create("c".repeat(32), "d".repeat(16), TraceFlags.getSampled(), TraceState.getDefault());
        try (Scope scope = Span.wrap(handling).makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(CallerTrace.of(Optional.of(HEADER)))
                    .contains(new TraceParent("c".repeat(32), "d".repeat(16), "01"));
        }
    }
}
