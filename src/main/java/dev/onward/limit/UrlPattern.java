package dev.onward.limit;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.Destination;
import dev.onward.egress.UrlParser;
import dev.onward.value.Issues;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which URLs a limit is for. {@code *} stands for any characters, {@code /} included, and never in scheme, host or port.
 * Without {@code ?} it matches whatever the query is. Immutable.
 *
 * @param origin scheme, host and port, with nothing else
 * @param rest path and perhaps query
 * @param isForAnyQuery whether {@code rest} is compared with the path alone
 */
record UrlPattern(Destination origin, Wildcards rest, boolean isForAnyQuery) {

    static final int MAX_LENGTH = 2_000;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

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
        UrlPattern pattern = new UrlPattern(
                sample.get().withPathAndQuery("/", ""), new Wildcards(plain(rest)), rest.indexOf('?') < 0);
        return new Parsed(Optional.of(pattern), Optional.empty());
    }

    /** Of two ways to write one octet, percent-encoded or not, in upper or lower case, neither escapes a limit. */
    boolean matches(Destination destination) {
        return origin.isSameOrigin(destination)
                && rest.matches(plain(isForAnyQuery ? destination.path() : destination.target()));
    }

    /** With percent-encodings in upper case, and without those of letters, digits and {@code - . _ ~} (RFC 3986 §6.2.2). */
    private static String plain(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        return ESCAPE.matcher(text).replaceAll(escape -> {
            char octet = (char) Integer.parseInt(escape.group().substring(1), 16);
            return UNRESERVED.indexOf(octet) >= 0
                    ? String.valueOf(octet)
                    : escape.group().toUpperCase(Locale.ROOT);
        });
    }
}
