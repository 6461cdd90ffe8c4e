package dev.onward.expression.issue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Issue.Severity;
import java.util.Optional;

/**
 * One problem of an expression.
 *
 * @param severity an error refuses the expression, a warning is only told
 * @param code which kind
 * @param location where in the source
 * @param message what was found and what is allowed; never a value of the data
 * @param suggestion what may have been meant instead: the name of a function or a field
 */
public record ExpressionIssue(
        Severity severity, ExpressionIssueCode code, Location location, String message, Optional<String> suggestion) {

    public static ExpressionIssue error(ExpressionIssueCode code, Location location, String message) {
        return new ExpressionIssue(Severity.ERROR, code, location, message, Optional.empty());
    }

    public static ExpressionIssue warning(ExpressionIssueCode code, Location location, String message) {
        return new ExpressionIssue(Severity.WARNING, code, location, message, Optional.empty());
    }

    /** As clients see it: code, message, line, column, length, and a suggestion when there is one. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", code.code())
                .put("message", message)
                .put("line", location.line())
                .put("column", location.column())
                .put("length", location.length());
        suggestion.ifPresent(meant -> json.put("suggestion", meant));
        return json;
    }

    /** The same issue with what may have been meant, told in the message too. */
    public ExpressionIssue suggesting(Optional<String> meant) {
        return meant.map(name -> new ExpressionIssue(
                        severity, code, location, message + "; did you mean `" + name + "`?", meant))
                .orElse(this);
    }
}
