package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallRecord;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param record what the log keeps of it
 * @param response the fields of the response sample that a good answer had
 * @param errorResponse the fields of the error sample that a bad answer had
 * @param authentication the exchange that fetched a token for the call, if one did; redacted
 */
public record InvocationResult(
        CallRecord record,
        Optional<JsonNode> response,
        Optional<JsonNode> errorResponse,
        Optional<AttemptRecord> authentication) {}
