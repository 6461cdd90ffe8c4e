package dev.onward.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in which {@code *} stands for any characters, none included. It is compiled once; a comparison takes time in
 * proportion to the two lengths, whatever they hold. Immutable.
 */
final class Wildcards {

    private final boolean isLiteral;
    private final String prefix;
    private final List<Piece> pieces;
    private final String suffix;

    Wildcards(String pattern) {
        int first = pattern.indexOf('*');
        int last = pattern.lastIndexOf('*');
        isLiteral = first < 0;
        prefix = isLiteral ? pattern : pattern.substring(0, first);
        suffix = isLiteral ? "" : pattern.substring(last + 1);
        pieces = isLiteral ? List.of() : pieces(pattern.substring(first, last + 1));
    }

    boolean matches(String text) {
        if (isLiteral) {
            return text.equals(prefix);
        }
        int end = text.length() - suffix.length();
        if (end < prefix.length() || !text.startsWith(prefix) || !text.endsWith(suffix)) {
            return false;
        }
        int from = prefix.length();
        for (Piece piece : pieces) {
            from = piece.endIn(text, from, end);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Piece> pieces(String between) {
        List<Piece> pieces = new ArrayList<>();
        for (String literal : between.split("\\*+", -1)) {
            if (!literal.isEmpty()) {
                pieces.add(new Piece(literal));
            }
        }
        return List.copyOf(pieces);
    }

    /** What stands between two wildcards, found as Knuth, Morris and Pratt do: no character is looked at again. */
    private static final class Piece {

        private final String literal;

        /** For each length of a match that breaks, the longest shorter one that may still go on. */
        private final int[] shorter;

        private Piece(String literal) {
            this.literal = literal;
            this.shorter = new int[literal.length() + 1];
            int matched = 0;
            for (int i = 1; i < literal.length(); i++) {
                matched = next(matched, literal.charAt(i));
                shorter[i + 1] = matched;
            }
        }

        /** Behind its first occurrence from one place to another; negative when there is none. */
        private int endIn(String text, int from, int end) {
            int matched = 0;
            for (int i = from; i < end; i++) {
                matched = next(matched, text.charAt(i));
                if (matched == literal.length()) {
                    return i + 1;
                }
            }
            return -1;
        }

        private int next(int matched, char character) {
            int length = matched;
            while (length > 0 && literal.charAt(length) != character) {
                length = shorter[length];
            }
            return literal.charAt(length) == character ? length + 1 : 0;
        }
    }
}
