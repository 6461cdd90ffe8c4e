package dev.onward.egress;

import java.util.List;
import java.util.Set;

/**
 * Tells by its name that a header's value is a secret, in requests and in answers. It rather masks one too many: a value
 * that was logged once is known for ever.
 */
public final class SecretHeaders {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** What most headers are named, none of them a secret by the rules: it is told at once, for this is asked often. */
    static final Set<String> ORDINARY = Set.of(
            "Accept",
            "Cache-Control",
            "Connection",
            "Content-Length",
            "Content-Type",
            "Date",
            "Host",
            "Idempotency-Key",
            "Server",
            "Transfer-Encoding",
            "User-Agent",
            "Vary",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "date",
            "server",
            "traceparent",
            "transfer-encoding",
            "vary");

    /** What a word of a secret header's name is, the words being divided by hyphens and underscores. */
    private static final List<String> SECRET_WORDS = List.of(
            "apikey",
            "auth",
            "authentication",
            "authorization",
            "cookie",
            "cookie2",
            "credential",
            "credentials",
            "jwt",
            "passwd",
            "password",
            "secret",
            "signature",
            "token");

    private static final List<String> SECRET_ENDINGS = List.of("api-key", "api_key", "access-key", "subscription-key");

    private SecretHeaders() {}

    /** Whether the value is masked wherever it would be shown or stored. */
    public static boolean isSecret(String headerName) {
        return !ORDINARY.contains(headerName) && (hasSecretWord(headerName) || hasSecretEnding(headerName));
    }

    private static boolean hasSecretWord(String headerName) {
        int begin = 0;
        for (int i = 0; i <= headerName.length(); i++) {
            if (i == headerName.length() || headerName.charAt(i) == '-' || headerName.charAt(i) == '_') {
                if (isSecretWord(headerName, begin, i - begin)) {
                    return true;
                }
                begin = i + 1;
            }
        }
        return false;
    }

    private static boolean hasSecretEnding(String headerName) {
        for (String ending : SECRET_ENDINGS) {
            int at = headerName.length() - ending.length();
            if (headerName.regionMatches(true, at, ending, 0, ending.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSecretWord(String name, int begin, int length) {
        for (String word : SECRET_WORDS) {
            if (word.length() == length && name.regionMatches(true, begin, word, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /** The header's value, masked if it is a secret. */
    public static String shown(Header header) {
        return isSecret(header.name()) ? MASK : header.value();
    }
}
