package dev.onward.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.value.Issue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An error body of RFC 9457.
 *
 * @param status HTTP status
 * @param code stable and kebab-case; the type is {@code /problems/<code>}
 * @param detail what is wrong, what was found and what is allowed
 * @param errors every fault of what was sent
 * @param retryAfter when to try again
 */
record Problem(int status, String code, String detail, List<ObjectNode> errors, Optional<Duration> retryAfter) {

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Optional.empty());
    }

    /** The detail is the exception's message, which is written for clients. */
    static Problem of(int status, String code, Throwable refusal) {
        return of(status, code, String.valueOf(refusal.getMessage()));
    }

    static Problem ofIssues(int status, String code, List<Issue> errors) {
        return ofErrors(status, code, errors.stream().map(Problem::error).toList());
    }

    /**
     * The faults of an expression stand at places of its source.
     *
     * @param pointer where the expression stands in the document that was sent
     */
    static Problem ofExpression(int status, String code, String pointer, List<ExpressionIssue> errors) {
        return ofErrors(
                status,
                code,
                errors.stream()
                        .map(issue -> issue.json().put("pointer", pointer))
                        .toList());
    }

    private static Problem ofErrors(int status, String code, List<ObjectNode> errors) {
        String first = errors.get(0).path("message").textValue();
        String detail = errors.size() == 1 ? "1 fault: " + first : errors.size() + " faults, the first: " + first;
        return new Problem(status, code, detail, errors, Optional.empty());
    }

    private static ObjectNode error(Issue issue) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pointer", issue.pointer().toString())
                .put("code", issue.code().code())
                .put("message", issue.message());
    }

    Problem withRetryAfter(Duration delay) {
        return new Problem(status, code, detail, errors, Optional.of(delay));
    }

    /** The value of {@code Retry-After}: whole seconds, at least one and never too few. */
    Optional<String> retryAfterSeconds() {
        return retryAfter.map(
                delay -> Long.toString(Math.max(1, delay.plusNanos(999_999_999).toSeconds())));
    }

    /**
     * As it is sent.
     *
     * @param instance the path of the request
     */
    ObjectNode json(String instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "/problems/" + code);
        json.put("title", title());
        json.put("status", status);
        json.put("detail", detail);
        json.put("instance", instance);
        if (!errors.isEmpty()) {
            json.putArray("errors").addAll(errors);
        }
        return json;
    }

    private String title() {
        String words = code.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
