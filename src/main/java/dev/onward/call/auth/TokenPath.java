package dev.onward.call.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in the answer of a token's endpoint.
 *
 * @param members one after another; empty for the whole body as text
 */
public record TokenPath(List<String> members) {

    private static final String SCHEME = "json://";

    /** The whole body. */
    public static final TokenPath WHOLE = new TokenPath(List.of());

    public TokenPath {
        members = List.copyOf(members);
    }

    /** Reads {@code json://path.to.value}; empty when it is not written so. */
    public static Optional<TokenPath> parse(String text) {
        if (!text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        List<String> members = List.of(text.substring(SCHEME.length()).split("\\.", -1));
        return members.stream().anyMatch(String::isEmpty) ? Optional.empty() : Optional.of(new TokenPath(members));
    }

    /** The value at this path, which is missing where there is none. */
    JsonNode in(JsonNode document) {
        JsonNode value = document;
        for (String member : members) {
            value = value.path(member);
        }
        return value;
    }

    @Override
    public String toString() {
        return members.isEmpty() ? "response" : SCHEME + String.join(".", members);
    }
}
