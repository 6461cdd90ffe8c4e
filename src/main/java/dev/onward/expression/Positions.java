package dev.onward.expression;

import dev.onward.expression.issue.Location;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Turns the code points that the parser counts into lines and columns of UTF-16 units. */
final class Positions {

    private final String source;
    private final boolean hasSurrogates;
    private final List<Integer> lineStarts = new ArrayList<>(List.of(0));

    Positions(String source) {
        this.source = source;
        this.hasSurrogates = source.codePointCount(0, source.length()) != source.length();
        for (int at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
            lineStarts.add(at + 1);
        }
    }

    /** Where a token stands; the end of the source has no length. */
    Location of(Token token) {
        return token.getType() == Token.EOF
                ? between(source.length(), source.length())
                : between(offset(token.getStartIndex()), offset(token.getStopIndex() + 1));
    }

    /** A part of a token. */
    Location within(Token token, int from, int length) {
        int start = offset(token.getStartIndex()) + from;
        return between(start, start + length);
    }

    /** From a rule's first token to its last. */
    Location of(ParserRuleContext rule) {
        Token first = rule.getStart();
        Token last = rule.getStop();
        boolean isEmpty = last == null || last.getStopIndex() < first.getStartIndex();
        return isEmpty
                ? of(first)
                : between(offset(first.getStartIndex()), offset(Math.min(last.getStopIndex() + 1, codePoints())));
    }

    private int codePoints() {
        return source.codePointCount(0, source.length());
    }

    private int offset(int codePoint) {
        return hasSurrogates ? source.offsetByCodePoints(0, codePoint) : codePoint;
    }

    private Location between(int from, int to) {
        int line = lineStarts.size();
        while (lineStarts.get(line - 1) > from) {
            line--;
        }
        return new Location(line, from - lineStarts.get(line - 1) + 1, to - from);
    }
}
