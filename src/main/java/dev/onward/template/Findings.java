package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;

/** What one compilation learns beside the steps: issues, the frame's layout, counts. Not thread-safe. */
final class Findings {

    static final int MAX_TEMPLATE_BYTES = 64 * 1024;
    static final int MAX_PLACEHOLDERS = 500;

    private final Issues issues = new Issues();
    private final FrameLayout.Builder layout = new FrameLayout.Builder();
    private int placeholders;

    Issues issues() {
        return issues;
    }

    void error(JsonPointer at, TemplateIssue code, String message) {
        issues.error(at, code, message);
    }

    FrameLayout.Builder layout() {
        return layout;
    }

    void count(TextPattern text) {
        placeholders += (int)
                text.pieces().stream().filter(TextPattern.Piece::isPlaceholder).count();
    }

    /** Notes a template whose compact JSON is too long, before any work is done on it. */
    boolean isTooLarge(JsonNode template, JsonPointer at) {
        JsonBuffer text = new JsonBuffer(MAX_TEMPLATE_BYTES);
        text.value(template);
        boolean tooLarge = text.size() > MAX_TEMPLATE_BYTES;
        if (tooLarge) {
            String found = "the template has " + text.size() + " bytes without white space";
            error(at, TemplateIssue.TEMPLATE_TOO_LARGE, found + "; at most " + MAX_TEMPLATE_BYTES + " are allowed");
        }
        return tooLarge;
    }

    /** Notes the name of a member that no template may have. */
    void requireSendable(String name, JsonPointer at) {
        if (name.startsWith("$") || name.contains(".")) {
            String message = "a member's name must not begin with '$' nor contain '.', found '" + name + "'";
            error(at, TemplateIssue.MEMBER_NAME_REFUSED, message);
        }
    }

    void requireFewPlaceholders(JsonPointer at) {
        if (placeholders > MAX_PLACEHOLDERS) {
            String found = "the template has " + placeholders + " placeholders";
            error(at, TemplateIssue.TOO_MANY_PLACEHOLDERS, found + "; at most " + MAX_PLACEHOLDERS + " are allowed");
        }
    }
}
