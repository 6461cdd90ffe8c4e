package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.Line;
import dev.onward.call.TraceParent;
import dev.onward.call.auth.Credential;
import dev.onward.call.http.Tracing.AttemptSpan;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.secret.Masker;
import dev.onward.testsupport.Calls;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracingTest {

    private static final TraceParent CALLER = new TraceParent("a".repeat(32), "b".repeat(16), "01");
    private static final Destination DESTINATION =
            new Destination(Scheme.HTTPS, "provider.test", 8443, "/v1/p-1", "key=s3cret");

    private final Spans spans = new Spans();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final Tracing tracing = new OpenTelemetryTracing(provider.get("test"));

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void a_failed_attempt_is_an_error_of_its_code() {
        tracing.begin(call(), 3)
                .end(new AttemptEnd.Failed(new CallError(CallErrorCode.RESET, "gone"), true, OptionalInt.of(200)));

        assertThat(attributes())
                .containsEntry("error.type", "reset")
                .containsEntry("http.response.status_code", 200L)
                .containsEntry("http.request.resend_count", 2L);
        assertThat(spans.ended.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void an_answer_from_400_on_is_an_error_of_its_status() {
        answer(399);
        answer(400);

        assertThat(spans.ended)
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.UNSET, StatusCode.ERROR);
        assertThat(attributes()).containsEntry("error.type", "400").containsEntry("http.response.status_code", 400L);
    }

    @Test
    void a_span_tells_where_to_and_nothing_personal() {
        answer(200);

        assertThat(attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method",
                        "POST",
                        "server.address",
                        "provider.test",
                        "server.port",
                        8443L,
                        "http.response.status_code",
                        200L));
        assertThat(spans.ended.get(0).getName()).isEqualTo("POST provider.test");
        assertThat(spans.ended.get(0).getKind()).isEqualTo(SpanKind.CLIENT);
    }

    @Test
    void a_span_belongs_to_the_callers_trace_and_the_provider_is_told_of_it() {
        AttemptSpan attempt = tracing.begin(call(), 1);
        attempt.end(new AttemptEnd.Answered(new Answer(200, List.of(), new byte[0])));

        SpanData span = spans.ended.get(0);
        assertThat(span.getTraceId()).isEqualTo(CALLER.traceId());
        assertThat(span.getParentSpanId()).isEqualTo(CALLER.parentId());
        assertThat(attempt.place()).isEqualTo(new TraceParent(CALLER.traceId(), span.getSpanId(), "01"));
    }

    @Test
    void a_call_outside_any_trace_begins_one() {
        CallRequest call = Calls.to(DESTINATION).build();

        tracing.begin(call, 1).end(new AttemptEnd.Answered(new Answer(200, List.of(), new byte[0])));

        assertThat(spans.ended.get(0).getParentSpanContext().isValid()).isFalse();
    }

    private void answer(int status) {
        tracing.begin(call(), 1).end(new AttemptEnd.Answered(new Answer(status, List.of(), new byte[0])));
    }

    private Map<String, Object> attributes() {
        Map<String, Object> found = new TreeMap<>();
        spans.ended.get(spans.ended.size() - 1).getAttributes().forEach((key, value) -> found.put(key.getKey(), value));
        return found;
    }

    private static CallRequest call() {
        CallRequest call = Calls.to(DESTINATION).build();
        return new CallRequest(
                call.id(),
                call.sandbox(),
                call.message(),
                call.policy(),
                call.idempotencyKey(),
                Optional.of(CALLER),
                Credential.NONE,
                Masker.NONE,
                Line.NONE);
    }

    /** Keeps the spans that ended. */
    private static final class Spans implements SpanExporter {

        private final List<SpanData> ended = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
