package dev.onward.expression.issue;

import java.util.List;

/**
 * Ends an evaluation that has no value. Thrown where the cause is found, which does not know its place in the source;
 * the expression around it adds the location.
 */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExpressionIssueCode code;

    public Fault(ExpressionIssueCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ExpressionIssueCode code() {
        return code;
    }

    /** The same fault, told as an error at a place. */
    public ExpressionException at(Location location) {
        return new ExpressionException(List.of(ExpressionIssue.error(code, location, String.valueOf(getMessage()))));
    }
}
