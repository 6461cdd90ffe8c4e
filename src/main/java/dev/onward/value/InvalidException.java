package dev.onward.value;

import java.util.List;

/** A well-formed document that breaks rules: problem {@code validation-failed}, with every issue found. */
public final class InvalidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Issue> issues;

    public InvalidException(List<Issue> issues) {
        super(issues.size() + " issue(s), the first: " + issues.get(0).message());
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }
}
