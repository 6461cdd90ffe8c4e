package dev.onward.expression;

import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Tells what the parser did not expect, in words: what was found and what is allowed there. */
final class SyntaxFaults extends BaseErrorListener {

    private static final Set<String> OPERATORS = Set.of(
            "'and'", "'or'", "'is'", "'has'", "'=='", "'!='", "'>'", "'>='", "'<'", "'<='", "'+'", "'-'", "'*'", "'/'",
            "'%'");

    private static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "is", "has", "null", "true", "false", "if", "then", "else", "numeric", "integer",
            "decimal");

    private static final String A_NAME = "a name";

    private final Positions positions;
    private final int end;
    private final IssueList issues;

    /**
     * @param end the index of the first token with a fault; what the parser misses from there on is only its echo
     */
    SyntaxFaults(Positions positions, int end, IssueList issues) {
        this.positions = positions;
        this.end = end;
        this.issues = issues;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offending,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        Token found = (Token) Objects.requireNonNull(offending);
        if (found.getTokenIndex() >= end) {
            return;
        }
        List<String> expected = words(((Parser) recognizer).getExpectedTokens(), recognizer);
        issues.add(ExpressionIssue.error(
                        ExpressionIssueCode.SYNTAX,
                        positions.of(found),
                        (found.getType() == Token.EOF ? "the expression ends" : "found `" + found.getText() + "`")
                                + " where " + String.join(" or ", expected) + " is expected"
                                + (expected.contains(A_NAME) ? hint(found) : ""))
                .suggesting(lowerCase(found)));
    }

    private static List<String> words(IntervalSet expected, Recognizer<?, ?> recognizer) {
        Set<String> words = new LinkedHashSet<>();
        if (expected.contains(ExpressionParser.INTEGER)) {
            words.add("an operand");
        } else if (expected.contains(ExpressionParser.NUMERIC) && expected.contains(ExpressionParser.NAME)) {
            words.add(A_NAME);
        }
        boolean isNameOrOperand = !words.isEmpty();
        for (int type : expected.toList()) {
            if (type == Token.EOF) {
                words.add("the end");
            } else if (isOperator(type, recognizer) && !isNameOrOperand) {
                words.add("an operator");
            } else if (!isNameOrOperand || isClosing(type)) {
                words.add(word(type, recognizer));
            }
        }
        return List.copyOf(words);
    }

    private static boolean isOperator(int type, Recognizer<?, ?> recognizer) {
        return OPERATORS.contains(String.valueOf(recognizer.getVocabulary().getLiteralName(type)));
    }

    private static boolean isClosing(int type) {
        return type == ExpressionParser.CLOSE
                || type == ExpressionParser.CLOSE_LIST
                || type == ExpressionParser.CLOSE_BRACE;
    }

    private static String word(int type, Recognizer<?, ?> recognizer) {
        return recognizer.getVocabulary().getDisplayName(type).replace('\'', '`');
    }

    /** The usual slip: {@code rain.3h}. */
    private static String hint(Token found) {
        return switch (found.getType()) {
            case ExpressionParser.INTEGER, ExpressionParser.DECIMAL ->
                "; a name that begins with a digit is written in quotes";
            default -> "";
        };
    }

    private static Optional<String> lowerCase(Token found) {
        String lower = found.getText().toLowerCase(Locale.ROOT);
        boolean isKeyword = KEYWORDS.contains(lower) && !lower.equals(found.getText());
        return isKeyword ? Optional.of(lower) : Optional.empty();
    }
}
