package dev.onward.expression.pattern;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a regular expression what RE2/J 1.8 never ends compiling where upper and lower case are the same: nine letters
 * of old Cyrillic, and ranges that hold them.
 *
 * <p>Source: <a href="https://github.com/google/re2j/issues/168">RE2/J issue 168</a>.
 */
final class IgnoredCase {

    private static final Pattern FLAG = Pattern.compile("\\(\\?[a-zA-Z-]*i");
    private static final Pattern CODE_POINT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,8})}|([^\\x00-\\x7F])");
    private static final long FIRST = 0x1C80;
    private static final long LAST = 0x1C88;

    private IgnoredCase() {}

    /**
     * Looks at a pattern.
     *
     * @throws Fault {@code pattern-invalid}
     */
    static void requireCompilable(String source) {
        if (!FLAG.matcher(source).find()) {
            return;
        }
        Matcher found = CODE_POINT.matcher(source);
        while (found.find()) {
            boolean endsRange = found.start() > 0 && source.charAt(found.start() - 1) == '-';
            long point = found.group(1) != null
                    ? Long.parseLong(found.group(1), 16)
                    : found.group(2).codePointAt(0);
            if (point >= FIRST && (point <= LAST || endsRange)) {
                throw new Fault(
                        ExpressionIssueCode.PATTERN_INVALID,
                        "the regular expression ignores case and has a character of U+1C80 to U+1C88, or a range that"
                                + " ends beyond U+1C7F; this is not available");
            }
        }
    }
}
