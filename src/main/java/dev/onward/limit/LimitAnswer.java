package dev.onward.limit;

import dev.onward.database.DatabaseFailure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers requests about configurations as the model system does, where they are refused or cannot be done now. */
final class LimitAnswer {

    private static final int UNAVAILABLE = 503;

    private LimitAnswer() {}

    /** What the work answers, or why it does not. A bug passes through. */
    static Response of(LimitKind kind, LimitOperation operation, Supplier<Response> work) {
        String requestId = UUID.randomUUID().toString();
        try {
            return work.get();
        } catch (LimitException refusal) {
            return Response.status(refusal.status())
                    .entity(LimitJson.error(refusal, requestId))
                    .build();
        } catch (RuntimeException failure) {
            if (!DatabaseFailure.isUnavailable(failure)) {
                throw failure;
            }
            return Response.status(UNAVAILABLE)
                    .type(MediaType.APPLICATION_JSON)
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .entity(LimitJson.unavailable(kind, operation, UNAVAILABLE, requestId))
                    .build();
        }
    }
}
