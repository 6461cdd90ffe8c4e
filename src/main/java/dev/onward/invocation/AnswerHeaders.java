package dev.onward.invocation;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.Answer;
import dev.onward.egress.Header;
import dev.onward.value.Issues;
import java.util.Optional;

/** Reads the headers of an answer, which are untrusted. */
final class AnswerHeaders {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final int MAX_SHOWN = 64;

    private AnswerHeaders() {}

    /**
     * Whether the body is declared to be plain JSON: {@code application/json}, {@code text/json}, a type that ends in
     * {@code +json}, or no type at all; and not compressed, for nobody asked for that. Else a warning says what it is.
     */
    static boolean declareJson(Answer answer, Issues warnings) {
        Optional<String> type = find(answer, CONTENT_TYPE);
        boolean json = type.isEmpty() || isJson(type.get());
        if (!json) {
            String message = "the answer's Content-Type is '" + shown(type.get())
                    + "'; only application/json, text/json and types that end in +json are read";
            warnings.warning(JsonPointer.empty(), ResponseIssue.RESPONSE_CONTENT_TYPE, message);
        }
        Optional<String> encoding =
                find(answer, CONTENT_ENCODING).filter(given -> !given.strip().equalsIgnoreCase("identity"));
        encoding.ifPresent(given -> {
            String message = "the answer's Content-Encoding is '" + shown(given) + "', which nobody asked for";
            warnings.warning(JsonPointer.empty(), ResponseIssue.RESPONSE_CONTENT_ENCODING, message);
        });
        return json && encoding.isEmpty();
    }

    /** The values of a header, whatever the case of its name, joined by commas (RFC 9110 §5.3). */
    static Optional<String> find(Answer answer, String name) {
        String values = null;
        for (Header header : answer.headers()) {
            if (header.name().equalsIgnoreCase(name)) {
                values = values == null ? header.value() : values + ", " + header.value();
            }
        }
        return Optional.ofNullable(values);
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        return type.equalsIgnoreCase("application/json") || type.equalsIgnoreCase("text/json") || isSuffixed(type);
    }

    /** A type whose subtype has the structured suffix of RFC 6839 §3.1. */
    private static boolean isSuffixed(String type) {
        int slash = type.indexOf('/');
        int suffix = type.length() - "+json".length();
        return slash > 0
                && suffix > slash + 1
                && type.indexOf(',') < 0
                && type.regionMatches(true, suffix, "+json", 0, "+json".length());
    }

    /** Of what a provider sent: shortened, with what cannot be shown replaced. */
    private static String shown(String value) {
        String start = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return start.replaceAll("[^ -~]", "?");
    }
}
