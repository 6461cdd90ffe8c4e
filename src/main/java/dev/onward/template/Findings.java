package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one compilation learns beside the steps: issues, names in use, counts. Not thread-safe. */
final class Findings {

    static final int MAX_TEMPLATE_BYTES = 64 * 1024;
    static final int MAX_PLACEHOLDERS = 500;

    private final Issues issues = new Issues();
    private final Set<String> usedParameters = new LinkedHashSet<>();
    private int placeholders;
    private int loopDepth;

    Issues issues() {
        return issues;
    }

    void error(JsonPointer at, TemplateIssue code, String message) {
        issues.error(at, code, message);
    }

    void use(String parameter) {
        usedParameters.add(parameter);
    }

    /** In the order of their first use. */
    Set<String> usedParameters() {
        return usedParameters;
    }

    void enterLoop(int depth) {
        loopDepth = Math.max(loopDepth, depth);
    }

    /** How many loops are open at most at the same time. */
    int loopDepth() {
        return loopDepth;
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

    void requireFewPlaceholders(JsonPointer at) {
        if (placeholders > MAX_PLACEHOLDERS) {
            String found = "the template has " + placeholders + " placeholders";
            error(at, TemplateIssue.TOO_MANY_PLACEHOLDERS, found + "; at most " + MAX_PLACEHOLDERS + " are allowed");
        }
    }
}
