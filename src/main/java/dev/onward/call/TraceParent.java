package dev.onward.call;

import java.util.Optional;

/**
 * A place in a distributed trace, as the header {@code traceparent} tells it (W3C Trace Context, §3.2).
 *
 * @param traceId 32 lower-case hexadecimal digits, not all of them 0
 * @param parentId 16 lower-case hexadecimal digits, not all of them 0
 * @param flags 2 lower-case hexadecimal digits
 */
public record TraceParent(String traceId, String parentId, String flags) {

    private static final String ZEROS = "0".repeat(32);
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
    private static final int END = 55;

    /** The place that the text tells; empty when it tells none, which is no error. */
    public static Optional<TraceParent> parse(String text) {
        if (text.length() < END || !isLegal(text)) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(
                text.substring(TRACE_ID, PARENT_ID - 1),
                text.substring(PARENT_ID, FLAGS - 1),
                text.substring(FLAGS, END)));
    }

    /** Later versions may go on after the flags; version ff will never be. */
    private static boolean isLegal(String text) {
        boolean ends = text.length() == END || (!text.startsWith("00") && text.charAt(END) == '-');
        return ends
                && !text.startsWith("ff")
                && isHex(text, 0, TRACE_ID - 1)
                && isId(text, TRACE_ID, PARENT_ID - 1)
                && isId(text, PARENT_ID, FLAGS - 1)
                && isHex(text, FLAGS, END)
                && text.charAt(TRACE_ID - 1) == '-'
                && text.charAt(PARENT_ID - 1) == '-'
                && text.charAt(FLAGS - 1) == '-';
    }

    private static boolean isId(String text, int from, int to) {
        return isHex(text, from, to) && !text.regionMatches(from, ZEROS, 0, to - from);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int index = from; index < to; index++) {
            char digit = text.charAt(index);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The header's text. */
    public String text() {
        return "00-" + traceId + '-' + parentId + '-' + flags;
    }
}
