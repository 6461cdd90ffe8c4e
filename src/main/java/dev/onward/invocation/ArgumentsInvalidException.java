package dev.onward.invocation;

import dev.onward.value.Issue;
import java.util.List;

/** Arguments that do not fit the action: problem {@code arguments-invalid}. Nothing was sent. */
public final class ArgumentsInvalidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Issue> issues;

    ArgumentsInvalidException(List<Issue> issues) {
        super(issues.size() + " issue(s), the first: " + issues.get(0).message());
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }
}
