package dev.onward.expression.pattern;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the POSIX classes of Java, such as {@code \p{Alpha}}, as RE2 has them: {@code [[:alpha:]]}. */
final class PosixClasses {

    private static final Pattern PART = Pattern.compile("""
        \\\\Q.*?(?:\\\\E|\\z)
        |\\\\(?<sign>[pP])\\{(?<name>Lower|Upper|ASCII|Alpha|Digit|Alnum|Punct|Graph|Print|Blank|Cntrl|XDigit|Space)}
        |\\\\.
        |\\[:\\^?\\w+:]
        |(?<open>\\[\\^?]?)
        |(?<close>])
        """, Pattern.COMMENTS | Pattern.DOTALL);

    private PosixClasses() {}

    /** The same pattern for RE2. */
    static String translated(String source) {
        Matcher part = PART.matcher(source);
        StringBuilder result = new StringBuilder(source.length());
        boolean isInside = false;
        while (part.find()) {
            isInside = part.group("open") != null || isInside && part.group("close") == null;
            String text = part.group("name") == null ? part.group() : posix(part, isInside);
            part.appendReplacement(result, Matcher.quoteReplacement(text));
        }
        return part.appendTail(result).toString();
    }

    private static String posix(Matcher part, boolean isInside) {
        String negation = part.group("sign").equals("P") ? "^" : "";
        String element = "[:" + negation + part.group("name").toLowerCase(Locale.ROOT) + ":]";
        return isInside ? element : "[" + element + "]";
    }
}
