package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;
import java.util.Map;
import java.util.Optional;

/**
 * Appends names and values to a static query, {@code name=value} joined by {@code &}. Both are percent-encoded as UTF-8,
 * all but the unreserved characters of RFC 3986: a space becomes {@code %20}.
 */
public final class QueryString {

    private QueryString() {}

    /** Checks the name of one query parameter at registration. */
    public static void checkName(String name, JsonPointer at, Issues issues) {
        if (name.isEmpty() || name.startsWith(".") || name.startsWith("$")) {
            issues.error(
                    at,
                    EgressIssue.QUERY_INVALID,
                    "a query parameter's name must not be empty or begin with '.' or '$'");
        } else if (UrlText.hasLoneSurrogate(name)) {
            issues.error(at, EgressIssue.QUERY_INVALID, "a query parameter's name holds half a surrogate pair");
        }
    }

    /**
     * The destination with the parameters appended in their order.
     *
     * @param parameters rendered; their names have passed {@link #checkName}
     * @param at the object whose members they are
     * @return empty when an issue was noted
     */
    public static Optional<Destination> append(
            Destination base, Map<String, String> parameters, JsonPointer at, Issues issues) {
        StringBuilder query = new StringBuilder(base.query());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (UrlText.hasLoneSurrogate(parameter.getValue())) {
                String message = "the value holds half a surrogate pair, which no URL can carry";
                issues.error(at.appendProperty(name), EgressIssue.QUERY_INVALID, message);
                return Optional.empty();
            }
            query.append(query.isEmpty() ? "" : "&").append(UrlText.encode(name));
            query.append('=').append(UrlText.encode(parameter.getValue()));
        }
        Destination joined = base.withPathAndQuery(base.path(), query.toString());
        int octets = joined.url().length();
        if (octets > UrlParser.MAX_OCTETS) {
            String message = "the URL with its query may have " + UrlParser.MAX_OCTETS + " octets, found " + octets;
            issues.error(at, EgressIssue.QUERY_INVALID, message);
            return Optional.empty();
        }
        return Optional.of(joined);
    }
}
