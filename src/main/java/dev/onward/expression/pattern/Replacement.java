package dev.onward.expression.pattern;

import com.google.re2j.Matcher;
import dev.onward.expression.evaluation.Evaluation;

/**
 * What a match is replaced by: {@code $1} is a group, {@code \} takes the meaning of the next character away. A
 * {@code $} before no number of a group is itself, so that {@code "$5"} needs no escape where there is no fifth group.
 */
final class Replacement {

    private Replacement() {}

    /**
     * Appends what a match is replaced by.
     *
     * @throws dev.onward.expression.issue.Fault {@code text-too-long}
     */
    static void append(String replacement, Matcher match, StringBuilder result, Evaluation evaluation) {
        int at = 0;
        while (at < replacement.length()) {
            char each = replacement.charAt(at++);
            boolean hasNext = at < replacement.length();
            if (each == '\\' && hasNext) {
                result.append(replacement.charAt(at++));
            } else if (each == '$' && hasNext && isGroup(replacement.charAt(at), match)) {
                String group = match.group(replacement.charAt(at++) - '0');
                result.append(group == null ? "" : group);
                evaluation.requireTextFits(result.length());
            } else {
                result.append(each);
            }
        }
    }

    private static boolean isGroup(char digit, Matcher match) {
        return digit >= '0' && digit <= '9' && digit - '0' <= match.groupCount();
    }
}
