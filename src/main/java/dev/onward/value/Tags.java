package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code If-Match} and {@code If-None-Match} (RFC 9110 §13.1). */
public final class Tags {

    private static final String WEAK = "W/";

    private Tags() {}

    /** The tag of a document that has no version: another one for each content. */
    public static String of(JsonNode shown) {
        return UUID.nameUUIDFromBytes(JsonBuffer.bytesOf(shown)).toString();
    }

    /** Whether a tag satisfies {@code If-Match}; every tag does when the header is absent, a weak one never. */
    public static Predicate<String> ifMatch(@Nullable String header) {
        return header == null ? tag -> true : tag -> lists(header, tag);
    }

    /** Whether a reader who sent {@code If-None-Match} has this tag already. */
    public static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null && lists(ifNoneMatch.replace(WEAK, ""), tag);
    }

    private static boolean lists(String header, String tag) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(listed -> listed.equals("*") || listed.equals('"' + tag + '"'));
    }
}
