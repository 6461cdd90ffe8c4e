package dev.onward.limit;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.Destination;
import dev.onward.egress.UrlParser;
import dev.onward.value.Issues;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which URLs a limit is for. {@code *} stands for any characters, {@code /} included, and never in scheme, host or port.
 * Without {@code ?} it matches whatever the query is. Immutable.
 *
 * @param origin scheme, host and port, with nothing else
 * @param rest path and perhaps query, with wildcards
 */
record UrlPattern(Destination origin, String rest) {

    static final int MAX_LENGTH = 2_000;

    private static final Pattern PARTS = Pattern.compile("([^/?#]*://[^/?#]*)(.*)", Pattern.DOTALL);

    /** Why a text is no pattern. */
    enum Fault {
        /** It is no URL. */
        MALFORMED,
        /** A wildcard stands in scheme, host or port. */
        WILDCARD_IN_HOST
    }

    /** What a text is: a pattern or a fault. */
    record Parsed(Optional<UrlPattern> pattern, Optional<Fault> fault) {

        private static Parsed of(Fault fault) {
            return new Parsed(Optional.empty(), Optional.of(fault));
        }
    }

    static Parsed parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.length() > MAX_LENGTH || !parts.matches()) {
            return Parsed.of(Fault.MALFORMED);
        }
        if (parts.group(1).indexOf('*') >= 0) {
            return Parsed.of(Fault.WILDCARD_IN_HOST);
        }
        Optional<Destination> sample = UrlParser.parse(text.replace('*', 'x'), JsonPointer.empty(), new Issues());
        if (sample.isEmpty()) {
            return Parsed.of(Fault.MALFORMED);
        }
        String rest = parts.group(2).startsWith("/") ? parts.group(2) : "/" + parts.group(2);
        return new Parsed(Optional.of(new UrlPattern(sample.get().withPathAndQuery("/", ""), rest)), Optional.empty());
    }

    boolean matches(Destination destination) {
        return origin.isSameOrigin(destination)
                && matches(rest, rest.indexOf('?') < 0 ? destination.path() : destination.target());
    }

    /** Goes back to the last wildcard only, never further. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int wildcard = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                wildcard = in;
                in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (wildcard >= 0) {
                in = wildcard + 1;
                resume++;
                at = resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }
}
