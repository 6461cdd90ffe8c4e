package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A reference to a URL, absolute or relative (RFC 3986 §4.1), such as the value of a {@code Location} field. The text
 * that comes of resolving it goes through {@link UrlParser}, as every URL does.
 */
public final class UrlReference {

    private UrlReference() {}

    /**
     * What the reference names, seen from {@code base} (RFC 3986 §5.2); its fragment is left out, for none is ever sent.
     *
     * @param at where the reference stands, for the issues
     * @return empty when an issue was noted
     */
    public static Optional<Destination> resolve(Destination base, String reference, JsonPointer at, Issues issues) {
        String text = withoutFragment(reference);
        if (text.isEmpty()) {
            issues.error(at, EgressIssue.URL_INVALID, "the reference names nothing but the URL that it stands in");
            return Optional.empty();
        }
        return UrlParser.parse(absolute(base, text), at, issues);
    }

    private static String absolute(Destination base, String text) {
        if (hasScheme(text)) {
            return text;
        }
        String scheme = base.scheme().wireName() + ":";
        if (text.startsWith("//")) {
            return scheme + text;
        }
        String origin = scheme + "//" + base.authority();
        if (text.startsWith("?")) {
            return origin + base.path() + text;
        }
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String rest = query < 0 ? "" : text.substring(query);
        return origin + withoutDots(path.startsWith("/") ? path : directory(base.path()) + path) + rest;
    }

    private static String withoutFragment(String reference) {
        int fragment = reference.indexOf('#');
        return fragment < 0 ? reference : reference.substring(0, fragment);
    }

    /** Whether a colon stands before any character that ends the first segment: then what is before it is a scheme. */
    private static boolean hasScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ':') {
                return true;
            }
            if (character == '/' || character == '?') {
                return false;
            }
        }
        return false;
    }

    /** The base's path up to its last slash, as RFC 3986 §5.2.3 merges paths. */
    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** RFC 3986 §5.2.4; a step above the root is none. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            boolean isDots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.pollLast();
            }
            if (!isDots) {
                kept.addLast(segment);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
