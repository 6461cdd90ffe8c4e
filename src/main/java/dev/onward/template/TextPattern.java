package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;
import java.util.ArrayList;
import java.util.List;

/**
 * A text split at its placeholders. <code>$${</code> is a literal <code>${</code>; the first <code>}</code> ends a
 * placeholder.
 *
 * @param pieces in the text's order; at least one, which is empty only when the text is
 */
record TextPattern(List<Piece> pieces) {

    private static final String ESCAPED_START = "$${";
    private static final String START = "${";

    /** @param text the path of a placeholder, or literal text */
    record Piece(boolean isPlaceholder, String text) {}

    TextPattern {
        pieces = List.copyOf(pieces);
    }

    /** Splits a text; what is no placeholder although it begins like one is noted and left out. */
    static TextPattern parse(String text, JsonPointer at, Issues issues) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            if (text.startsWith(ESCAPED_START, position)) {
                literal.append(START);
                position += ESCAPED_START.length();
            } else if (text.startsWith(START, position)) {
                addLiteral(literal, pieces);
                position = placeholder(text, position + START.length(), pieces, new Noting(at, issues));
            } else {
                literal.append(text.charAt(position++));
            }
        }
        addLiteral(literal, pieces);
        return new TextPattern(pieces.isEmpty() ? List.of(new Piece(false, "")) : pieces);
    }

    /** Whether the whole text is one placeholder. */
    boolean isOnePlaceholder() {
        return pieces.size() == 1 && pieces.get(0).isPlaceholder();
    }

    private static int placeholder(String text, int start, List<Piece> pieces, Noting noting) {
        int end = text.indexOf('}', start);
        if (end < 0 || text.substring(start, end).contains(START)) {
            noting.error(TemplateIssue.PLACEHOLDER_UNCLOSED, "a '${' has no '}'; write '$${' for a literal '${'");
            return end < 0 ? text.length() : end + 1;
        }
        String path = text.substring(start, end);
        if (path.isBlank()) {
            noting.error(TemplateIssue.PLACEHOLDER_EMPTY, "a placeholder is empty; '${name}' is expected");
        } else {
            pieces.add(new Piece(true, path));
        }
        return end + 1;
    }

    private static void addLiteral(StringBuilder literal, List<Piece> pieces) {
        if (!literal.isEmpty()) {
            pieces.add(new Piece(false, literal.toString()));
            literal.setLength(0);
        }
    }

    private record Noting(JsonPointer at, Issues issues) {
        void error(TemplateIssue code, String message) {
            issues.error(at, code, message);
        }
    }
}
