package dev.onward.invocation;

import dev.onward.call.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/** In which trace a request is handled. */
public final class CallerTrace {

    private CallerTrace() {}

    /**
     * The span of the request where spans are kept, else what the request's header {@code traceparent} tells.
     *
     * @param header empty when the request has none; an illegal one counts for none
     */
    public static Optional<TraceParent> of(Optional<String> header) {
        SpanContext handling = Span.current().getSpanContext();
        return handling.isValid()
                ? Optional.of(new TraceParent(
                        handling.getTraceId(),
                        handling.getSpanId(),
                        handling.getTraceFlags().asHex()))
                : header.flatMap(TraceParent::parse);
    }
}
