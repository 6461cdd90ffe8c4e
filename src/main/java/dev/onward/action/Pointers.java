package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;
import java.util.Optional;

/** Reads JSON pointers (RFC 6901) that stand in documents. */
final class Pointers {

    private Pointers() {}

    static Optional<JsonPointer> parse(String text, JsonPointer at, Issues issues) {
        try {
            return Optional.of(JsonPointer.compile(text));
        } catch (IllegalArgumentException noPointer) {
            issues.error(
                    at, ActionIssue.POINTER_INVALID, "a JSON pointer is empty or begins with '/', such as \"/to\"");
            return Optional.empty();
        }
    }
}
