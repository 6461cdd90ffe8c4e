package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;

/** Collects the issues of one document, so that all are told at once. Not thread-safe. */
public final class Issues {

    /** More than this of each severity are not told: the reader of the answer has enough to do. */
    private static final int MAX_ISSUES = 100;

    private final List<Issue> errors = new ArrayList<>();
    private final List<Issue> warnings = new ArrayList<>();

    /** Notes a mistake that refuses the document. */
    public void error(JsonPointer pointer, IssueCode code, String message) {
        add(new Issue(Issue.Severity.ERROR, pointer, code, message));
    }

    /** Notes something the author should know, which refuses nothing. */
    public void warning(JsonPointer pointer, IssueCode code, String message) {
        add(new Issue(Issue.Severity.WARNING, pointer, code, message));
    }

    public void add(Issue issue) {
        List<Issue> issues = issue.severity() == Issue.Severity.ERROR ? errors : warnings;
        if (issues.size() < MAX_ISSUES) {
            issues.add(issue);
        }
    }

    public void addAll(List<Issue> more) {
        more.forEach(this::add);
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public List<Issue> errors() {
        return List.copyOf(errors);
    }

    public List<Issue> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Refuses the document when an error was noted.
     *
     * @throws InvalidException with every error
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new InvalidException(errors());
        }
    }
}
