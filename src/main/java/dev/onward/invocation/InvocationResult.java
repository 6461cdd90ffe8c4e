package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallRecord;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param record what the log keeps of it
 * @param response the fields of the response sample that a good answer had
 * @param errorResponse the fields of the error sample that a bad answer had
 */
public record InvocationResult(CallRecord record, Optional<JsonNode> response, Optional<JsonNode> errorResponse) {}
