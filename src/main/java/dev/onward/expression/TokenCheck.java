package dev.onward.expression;

import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Looks at the tokens before the parser does: what is no token, brackets without a partner, and the depth of nesting,
 * which bounds the recursion of everything behind. Mends what it told, so that the parser goes on behind it. Used once.
 */
final class TokenCheck {

    static final int MAX_DEPTH = 64;

    private static final Map<Integer, Integer> CLOSING = Map.of(
            ExpressionLexer.OPEN, ExpressionLexer.CLOSE,
            ExpressionLexer.OPEN_LIST, ExpressionLexer.CLOSE_LIST,
            ExpressionLexer.OPEN_BRACE, ExpressionLexer.CLOSE_BRACE);

    private static final Map<String, String> MEANT =
            Map.of("=", "==", "&", "and", "|", "or", "!", "not", "\u201c", "\"", "\u201d", "\"", "\u2019", "'");

    /** Behind one of these a minus subtracts. */
    private static final Set<Integer> OPERAND_ENDS = Set.of(
            ExpressionLexer.CLOSE,
            ExpressionLexer.CLOSE_LIST,
            ExpressionLexer.CLOSE_BRACE,
            ExpressionLexer.NAME,
            ExpressionLexer.INTEGER,
            ExpressionLexer.DECIMAL,
            ExpressionLexer.STRING,
            ExpressionLexer.TRUE,
            ExpressionLexer.FALSE,
            ExpressionLexer.NULL);

    /** A bracket that is open, and how deep the nesting was before it. */
    private record Open(Token bracket, int depth) {}

    private final Positions positions;
    private final IssueList issues;
    private final Deque<Open> open = new ArrayDeque<>();
    private int depth;
    private int prefixes;
    private boolean isBehindOperand;
    private int firstFault = Integer.MAX_VALUE;

    TokenCheck(Positions positions, IssueList issues) {
        this.positions = positions;
        this.issues = issues;
    }

    /**
     * Checks all tokens.
     *
     * @return false when the nesting is too deep to be parsed
     */
    boolean check(List<Token> tokens) {
        for (Token token : tokens) {
            look((CommonToken) token);
            if (depth + prefixes > MAX_DEPTH) {
                issues.error(
                        ExpressionIssueCode.NESTING_TOO_DEEP,
                        positions.of(token),
                        "brackets and signs are nested deeper than " + MAX_DEPTH
                                + ", which is the most that is allowed");
                return false;
            }
        }
        open.descendingIterator().forEachRemaining(each -> unclosed(each.bracket()));
        return true;
    }

    /** The index of the first token with a fault; a large number without one. */
    int firstFault() {
        return firstFault;
    }

    private void look(CommonToken token) {
        boolean isPrefix =
                token.getType() == ExpressionLexer.NOT || token.getType() == ExpressionLexer.MINUS && !isBehindOperand;
        switch (token.getType()) {
            case ExpressionLexer.UNCLOSED_STRING -> unclosedString(token);
            case ExpressionLexer.UNEXPECTED -> unexpected(token);
            case ExpressionLexer.OPEN, ExpressionLexer.OPEN_LIST, ExpressionLexer.OPEN_BRACE -> open(token);
            case ExpressionLexer.CLOSE, ExpressionLexer.CLOSE_LIST, ExpressionLexer.CLOSE_BRACE -> close(token);
            default -> prefixes = isPrefix ? prefixes + 1 : 0;
        }
        isBehindOperand = OPERAND_ENDS.contains(token.getType());
    }

    private void open(Token bracket) {
        open.push(new Open(bracket, depth));
        depth += prefixes + 1;
        prefixes = 0;
    }

    /** A bracket of another kind closes those inside of it, when there is one outside that it fits. */
    private void close(Token bracket) {
        prefixes = 0;
        boolean hasPartner = open.stream().anyMatch(each -> isPair(each.bracket(), bracket));
        if (!hasPartner) {
            error(
                    ExpressionIssueCode.BRACKET_UNEXPECTED,
                    bracket,
                    "`" + bracket.getText() + "` closes no bracket; remove it, or open one before");
            return;
        }
        while (!isPair(open.element().bracket(), bracket)) {
            unclosed(open.pop().bracket());
        }
        depth = open.pop().depth();
    }

    private static boolean isPair(Token opening, Token closing) {
        return Integer.valueOf(closing.getType()).equals(CLOSING.get(opening.getType()));
    }

    private void unclosed(Token bracket) {
        error(ExpressionIssueCode.BRACKET_UNCLOSED, bracket, "`" + bracket.getText() + "` is never closed");
    }

    private void unclosedString(CommonToken token) {
        error(
                ExpressionIssueCode.STRING_UNCLOSED,
                token,
                "the string is never closed; it ends with the quote that it begins with");
        token.setType(ExpressionLexer.STRING);
    }

    private void unexpected(CommonToken token) {
        String text = token.getText();
        add(
                token,
                ExpressionIssue.error(
                                ExpressionIssueCode.CHARACTER_UNEXPECTED,
                                positions.of(token),
                                "`" + text + "` means nothing outside of a string")
                        .suggesting(Optional.ofNullable(MEANT.get(text))));
        token.setChannel(Token.HIDDEN_CHANNEL);
    }

    private void error(ExpressionIssueCode code, Token token, String message) {
        add(token, ExpressionIssue.error(code, positions.of(token), message));
    }

    private void add(Token token, ExpressionIssue issue) {
        firstFault = Math.min(firstFault, token.getTokenIndex());
        issues.add(issue);
    }
}
