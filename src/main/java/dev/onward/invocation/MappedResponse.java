package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.Outcome;
import dev.onward.value.Issue;
import java.util.List;
import java.util.Optional;

/**
 * What an answer gave, after mapping.
 *
 * @param outcome the call's, or {@code failed} when the answer itself says so
 * @param response the fields of the response sample that a good answer had
 * @param errorResponse the fields of the error sample that a bad answer had
 * @param warnings fields that were of another type, bodies that were no JSON
 */
record MappedResponse(
        Outcome outcome, Optional<JsonNode> response, Optional<JsonNode> errorResponse, List<Issue> warnings) {

    MappedResponse {
        warnings = List.copyOf(warnings);
    }
}
