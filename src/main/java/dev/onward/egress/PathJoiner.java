package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.TypeCheck;
import dev.onward.value.ValueIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the path of an invocation to the static URL of an action: before its query, with exactly one slash between.
 *
 * <p>A path is a text that is split at {@code /}, one slash at its beginning being ignored, or a list of segments in
 * which {@code /} is encoded. Each segment is percent-encoded as UTF-8, all but the unreserved characters of RFC 3986;
 * what looks encoded already is encoded again. Empty segments are refused, at the end too, and so are {@code ?},
 * {@code #}, control characters, lone surrogates, and whatever a server could decode into a dot segment.
 */
public final class PathJoiner {

    private PathJoiner() {}

    /**
     * The destination with the path joined.
     *
     * @param path text, an array of texts, or null for none
     * @param at where the path stands in the document that was sent
     * @return empty when an issue was noted
     */
    public static Optional<Destination> join(Destination base, JsonNode path, JsonPointer at, Issues issues) {
        if (path.isNull()) {
            return Optional.of(base);
        }
        return segments(path, at, issues)
                .filter(segments -> areLegal(segments, path.isArray(), at, issues))
                .map(segments -> joined(base, segments))
                .filter(joined -> isShortEnough(joined, at, issues));
    }

    private static Optional<List<String>> segments(JsonNode path, JsonPointer at, Issues issues) {
        if (path.isTextual()) {
            String text = path.textValue();
            return Optional.of(List.of((text.startsWith("/") ? text.substring(1) : text).split("/", -1)));
        }
        if (!path.isArray()) {
            String message = "the path must be text or an array of texts, found " + TypeCheck.found(path);
            issues.error(at, ValueIssue.WRONG_TYPE, message);
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (JsonNode segment : path) {
            if (!segment.isTextual()) {
                String message = "a segment of the path must be text, found " + TypeCheck.found(segment);
                issues.error(at.appendIndex(segments.size()), ValueIssue.WRONG_TYPE, message);
                return Optional.empty();
            }
            segments.add(segment.textValue());
        }
        return Optional.of(segments);
    }

    private static boolean areLegal(List<String> segments, boolean isArray, JsonPointer at, Issues issues) {
        if (segments.isEmpty()) {
            issues.error(at, EgressIssue.PATH_INVALID, "the path has no segment; leave it out instead");
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Optional<String> fault = fault(segments.get(i));
            if (fault.isPresent()) {
                issues.error(isArray ? at.appendIndex(i) : at, EgressIssue.PATH_INVALID, fault.get());
                return false;
            }
        }
        return true;
    }

    private static Optional<String> fault(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("a segment of the path is empty; slashes must stand between segments only");
        }
        if (segment.length() > UrlParser.MAX_OCTETS) {
            return Optional.of("a segment of the path is longer than a URL may be");
        }
        if (UrlText.hasDotSegment(segment)) {
            return Optional.of("a segment of the path must not be '.' or '..', encoded or not");
        }
        if (UrlText.hasLoneSurrogate(segment)) {
            return Optional.of("a segment of the path holds half a surrogate pair, which no URL can carry");
        }
        return segment.codePoints()
                .filter(character -> character == '?' || character == '#' || Character.isISOControl(character))
                .mapToObj(character -> "the path must not contain " + UrlText.shown(character))
                .findFirst();
    }

    private static Destination joined(Destination base, List<String> segments) {
        StringBuilder path = new StringBuilder(base.path());
        while (path.length() > 0 && path.charAt(path.length() - 1) == '/') {
            path.setLength(path.length() - 1);
        }
        segments.forEach(segment -> path.append('/').append(UrlText.encode(segment)));
        return base.withPathAndQuery(path.toString(), base.query());
    }

    private static boolean isShortEnough(Destination joined, JsonPointer at, Issues issues) {
        int octets = joined.url().length();
        if (octets > UrlParser.MAX_OCTETS) {
            String message = "the URL with its path may have " + UrlParser.MAX_OCTETS + " octets, found " + octets;
            issues.error(at, EgressIssue.PATH_INVALID, message);
        }
        return octets <= UrlParser.MAX_OCTETS;
    }
}
