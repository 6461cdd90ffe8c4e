package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallRequest;
import dev.onward.call.TraceParent;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Tells providers the trace and keeps no spans. A call outside any trace begins one whose id is the call's own: its
 * attempts are one trace, which a provider's log and Onward's have in common. Thread-safe as its random source is.
 */
public final class TraceIds implements Tracing {

    /** Nobody has kept a span so far. */
    private static final String NOT_SAMPLED = "00";

    private static final HexFormat HEX = HexFormat.of();

    private final RandomGenerator random;

    public TraceIds(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public AttemptSpan begin(CallRequest request, int number) {
        String spanId = HEX.toHexDigits(nonZero());
        return new Named(request.trace()
                .map(caller -> new TraceParent(caller.traceId(), spanId, caller.flags()))
                .orElseGet(() -> new TraceParent(hex(request.id().uuid()), spanId, NOT_SAMPLED)));
    }

    private long nonZero() {
        long bits = random.nextLong();
        return bits == 0 ? 1 : bits;
    }

    private static String hex(UUID id) {
        return HEX.toHexDigits(id.getMostSignificantBits()) + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    private record Named(TraceParent place) implements AttemptSpan {
        @Override
        public void end(AttemptEnd end) {
            // Nothing is kept.
        }
    }
}
