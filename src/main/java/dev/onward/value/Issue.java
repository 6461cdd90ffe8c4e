package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * One problem found in a document.
 *
 * @param severity whether the document is refused for it
 * @param pointer where in the document (RFC 6901)
 * @param code which kind
 * @param message what is wrong, what was found and what is allowed; never a value from a secret place
 */
public record Issue(Severity severity, JsonPointer pointer, IssueCode code, String message) {

    /** An error refuses the document, a warning is only told. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
