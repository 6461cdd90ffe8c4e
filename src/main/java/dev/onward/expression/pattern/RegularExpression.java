package dev.onward.expression.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled regular expression of the RE2 dialect, which has no look-around, back-references, possessive quantifiers
 * and classes inside of classes, and reads a few forms otherwise than Java: {@code .} is everything but a line feed,
 * {@code $} the very end of the text, {@code \s} no vertical tab, {@code \v} nothing else, and {@code (?i)} knows more
 * than ASCII. It matches in time linear in the text, and every character that it reads is charged. Thread-safe.
 *
 * <p>Source: <a href="https://github.com/google/re2/wiki/Syntax">RE2 syntax</a>.
 */
public final class RegularExpression {

    /** Compiling takes some 2 µs for each. */
    private static final int STEPS_PER_INSTRUCTION = 20;

    private final Pattern pattern;

    private RegularExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @throws Fault {@code pattern-invalid} or {@code pattern-too-complex}
     */
    public static RegularExpression compile(String source) {
        PatternSize.requireSmall(source);
        IgnoredCase.requireCompilable(source);
        try {
            return new RegularExpression(Pattern.compile(PosixClasses.translated(source)));
        } catch (PatternSyntaxException malformed) {
            throw new Fault(
                    ExpressionIssueCode.PATTERN_INVALID,
                    "the regular expression is not valid: " + malformed.getDescription()
                            + "; look-around, back-references and possessive quantifiers are not available");
        }
    }

    /**
     * Compiles a pattern that is not known before the evaluation, which pays for it.
     *
     * @throws Fault as {@link #compile(String)} does, or {@code budget-exhausted}
     */
    public static RegularExpression compile(String source, Evaluation evaluation) {
        evaluation.charge((long) STEPS_PER_INSTRUCTION * PatternSize.requireSmall(source));
        return compile(source);
    }

    /** Whether the whole text matches. */
    public boolean matches(String text, Evaluation evaluation) {
        return matcher(text, evaluation).matches();
    }

    /**
     * Replaces the first match.
     *
     * @param replacement {@code $1} stands for a group that there is; a backslash takes a meaning away
     */
    public String replaceFirst(String text, String replacement, Evaluation evaluation) {
        Matcher matcher = matcher(text, evaluation);
        if (!matcher.find()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        result.append(text, 0, matcher.start());
        Replacement.append(replacement, matcher, result, evaluation);
        result.append(text, matcher.end(), text.length());
        evaluation.reserveText(result.length());
        return result.toString();
    }

    /** Replaces every match, from left to right. */
    public String replaceAll(String text, String replacement, Evaluation evaluation) {
        Matcher matcher = matcher(text, evaluation);
        StringBuilder result = new StringBuilder(text.length());
        int copied = 0;
        while (matcher.find()) {
            result.append(text, copied, matcher.start());
            Replacement.append(replacement, matcher, result, evaluation);
            copied = matcher.end();
            evaluation.requireTextFits(result.length());
        }
        result.append(text, copied, text.length());
        evaluation.reserveText(result.length());
        return result.toString();
    }

    /** The parts between the matches as {@link String#split(String)} gives them: without empty ones at the end. */
    public List<Value> split(String text, Evaluation evaluation) {
        Matcher matcher = matcher(text, evaluation);
        List<Value> parts = new ArrayList<>();
        int from = 0;
        while (matcher.find()) {
            boolean isEmptyAtStart = from == 0 && matcher.end() == 0;
            if (!isEmptyAtStart) {
                parts.add(new TextValue(text.substring(from, matcher.start())));
                from = matcher.end();
                evaluation.requireListFits(parts.size());
            }
        }
        if (parts.isEmpty()) {
            return List.of(new TextValue(text));
        }
        parts.add(new TextValue(text.substring(from)));
        int size = parts.size();
        while (size > 0 && parts.get(size - 1).text().isEmpty()) {
            size--;
        }
        evaluation.requireListFits(size);
        return parts.subList(0, size);
    }

    private Matcher matcher(String text, Evaluation evaluation) {
        return pattern.matcher(new ChargedText(text, pattern.programSize(), evaluation));
    }
}
