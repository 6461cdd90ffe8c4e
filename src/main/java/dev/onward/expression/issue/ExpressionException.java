package dev.onward.expression.issue;

import java.util.List;

/** A source that is no expression, or an evaluation that has no value: problem {@code expression-invalid}. */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ExpressionIssue> issues;

    /**
     * @param issues at least one, in the order of the source
     */
    public ExpressionException(List<ExpressionIssue> issues) {
        super(issues.get(0).message(), null, false, false);
        this.issues = List.copyOf(issues);
    }

    public List<ExpressionIssue> issues() {
        return issues;
    }
}
