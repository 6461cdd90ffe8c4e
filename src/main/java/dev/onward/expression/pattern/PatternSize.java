package dev.onward.expression.pattern;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Estimates how large a regular expression becomes when it is compiled: a counted repetition copies what it repeats, so
 * that nested ones multiply. Refuses what would be too large, before it is compiled, and what RE2 would read as quite
 * another thing than Java: intersections and unions of classes, and the flag {@code U}. Used once.
 */
final class PatternSize {

    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_SIZE = 5_000;
    private static final int MAX_NESTING = 64;
    private static final Pattern FLAG_U = Pattern.compile("\\(\\?[a-zA-Z-]*U[a-zA-Z-]*[:)]");
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private final String source;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long size;
    private long last;
    private int at;

    private PatternSize(String source) {
        this.source = source;
    }

    /**
     * Looks at a pattern.
     *
     * @return about how many instructions it becomes
     * @throws Fault {@code pattern-too-complex}, or {@code pattern-invalid} for what it refuses
     */
    static long requireSmall(String source) {
        if (source.length() > MAX_LENGTH) {
            throw tooComplex("it has " + source.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        PatternSize pattern = new PatternSize(source);
        pattern.scan();
        return pattern.size;
    }

    private void scan() {
        while (at < source.length()) {
            char each = source.charAt(at);
            switch (each) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repetition();
                default -> atom(1);
            }
            if (size > MAX_SIZE) {
                throw tooComplex("its counted repetitions make it larger than " + MAX_SIZE + " instructions");
            }
        }
    }

    private void atom(int length) {
        last = 1;
        size++;
        at += length;
    }

    private void escape() {
        if (source.startsWith("\\Q", at)) {
            int end = source.indexOf("\\E", at);
            int next = end < 0 ? source.length() : end + 2;
            size += next - at;
            last = 1;
            at = next;
        } else {
            atom(2);
        }
    }

    /** A bracket right behind the opening one, or behind its {@code ^}, is an element. */
    private void characterClass() {
        int from = at + (source.startsWith("[^", at) ? 2 : 1);
        int next = source.startsWith("]", from) ? from + 1 : from;
        while (next < source.length() && source.charAt(next) != ']') {
            if (source.startsWith("&&", next)) {
                throw refused("an intersection of classes (&&)");
            }
            if (source.startsWith("[:", next)) {
                int end = source.indexOf(":]", next);
                next = end < 0 ? next + 1 : end + 2;
            } else if (source.charAt(next) == '[') {
                throw refused("a class inside a class; write \\[ for the bracket");
            } else {
                next += source.charAt(next) == '\\' ? 2 : 1;
            }
        }
        atom(next + 1 - at);
    }

    private void open() {
        if (outer.size() >= MAX_NESTING) {
            throw tooComplex("its groups are nested deeper than " + MAX_NESTING);
        }
        if (FLAG_U.matcher(source).region(at, source.length()).lookingAt()) {
            throw refused("the flag U");
        }
        outer.push(size);
        atom(1);
    }

    private void close() {
        last = outer.isEmpty() ? 1 : size - outer.pop();
        at++;
    }

    private void repetition() {
        Matcher count = COUNT.matcher(source).region(at, source.length());
        if (!count.lookingAt()) {
            atom(1);
            return;
        }
        String most = count.group(2) == null || count.group(2).isEmpty() ? count.group(1) : count.group(2);
        long more = last * Math.max(0, Long.parseLong(most) - 1);
        size += more;
        last += more;
        at = count.end();
    }

    private static Fault tooComplex(String why) {
        return new Fault(ExpressionIssueCode.PATTERN_TOO_COMPLEX, "the regular expression is too complex: " + why);
    }

    private static Fault refused(String what) {
        return new Fault(
                ExpressionIssueCode.PATTERN_INVALID, "the regular expression has " + what + "; this is not available");
    }
}
