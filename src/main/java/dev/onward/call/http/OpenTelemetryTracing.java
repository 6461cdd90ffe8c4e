package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallRequest;
import dev.onward.call.OutboundRequest;
import dev.onward.call.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * A span for every attempt, by the semantic conventions for HTTP clients. It tells neither path nor query, header nor
 * body, for each may hold what is personal or secret. Thread-safe.
 */
public final class OpenTelemetryTracing implements Tracing {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private static final int FIRST_ERROR_STATUS = 400;

    private final Tracer tracer;

    public OpenTelemetryTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public AttemptSpan begin(CallRequest request, int number) {
        OutboundRequest message = request.message();
        SpanBuilder span = tracer.spanBuilder(
                        message.method().name() + ' ' + message.destination().host())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(request.trace().map(OpenTelemetryTracing::context).orElseGet(Context::root))
                .setAttribute(METHOD, message.method().name())
                .setAttribute(HOST, message.destination().host())
                .setAttribute(PORT, (long) message.destination().port());
        if (number > 1) {
            span.setAttribute(RESEND_COUNT, (long) number - 1);
        }
        return new Recorded(span.startSpan());
    }

    private static Context context(TraceParent caller) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                caller.traceId(), caller.parentId(), TraceFlags.fromHex(caller.flags(), 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    private record Recorded(Span span) implements AttemptSpan {

        @Override
        public TraceParent place() {
            SpanContext own = span.getSpanContext();
            return new TraceParent(
                    own.getTraceId(), own.getSpanId(), own.getTraceFlags().asHex());
        }

        @Override
        public void end(AttemptEnd end) {
            end.map(this::answered, this::failed).end();
        }

        private Span answered(AttemptEnd.Answered end) {
            int status = end.answer().status();
            span.setAttribute(STATUS, (long) status);
            return status < FIRST_ERROR_STATUS ? span : error(Integer.toString(status));
        }

        private Span failed(AttemptEnd.Failed end) {
            end.headStatus().ifPresent(status -> span.setAttribute(STATUS, (long) status));
            return error(end.error().code().code());
        }

        private Span error(String type) {
            return span.setAttribute(ERROR, type).setStatus(StatusCode.ERROR);
        }
    }
}
