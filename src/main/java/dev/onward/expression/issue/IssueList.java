package dev.onward.expression.issue;

import dev.onward.value.Issue.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the issues of one source. Not thread-safe. */
public final class IssueList {

    /** More are not told: the reader of the answer has enough to do. */
    private static final int MAX_ISSUES = 100;

    private final List<ExpressionIssue> issues = new ArrayList<>();

    public void error(ExpressionIssueCode code, Location location, String message) {
        add(ExpressionIssue.error(code, location, message));
    }

    public void warning(ExpressionIssueCode code, Location location, String message) {
        add(ExpressionIssue.warning(code, location, message));
    }

    /** Adds an issue, unless one of the same severity is at the same place already. */
    public void add(ExpressionIssue issue) {
        if (issues.size() < MAX_ISSUES && issues.stream().noneMatch(each -> sameSpot(each, issue))) {
            issues.add(issue);
        }
    }

    private static boolean sameSpot(ExpressionIssue one, ExpressionIssue other) {
        return one.severity() == other.severity()
                && one.location().line() == other.location().line()
                && one.location().column() == other.location().column();
    }

    public boolean hasErrors() {
        return issues.stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    }

    /** In the order of the source. */
    public List<ExpressionIssue> errors() {
        return of(Severity.ERROR);
    }

    /** In the order of the source. */
    public List<ExpressionIssue> warnings() {
        return of(Severity.WARNING);
    }

    private List<ExpressionIssue> of(Severity severity) {
        return issues.stream()
                .filter(issue -> issue.severity() == severity)
                .sorted(Comparator.comparingInt(
                                (ExpressionIssue issue) -> issue.location().line())
                        .thenComparingInt(issue -> issue.location().column()))
                .toList();
    }
}
