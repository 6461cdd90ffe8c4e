package dev.onward.egress;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells by its name that a header's value is a secret, in requests and in answers. It rather masks one too many: a value
 * that was logged once is known for ever.
 */
public final class SecretHeaders {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** What a word of a secret header's name is, the words being divided by hyphens and underscores. */
    private static final Set<String> SECRET_WORDS = Set.of(
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
        String name = headerName.toLowerCase(Locale.ROOT);
        int begin = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean ends = i == name.length() || name.charAt(i) == '-' || name.charAt(i) == '_';
            if (ends && SECRET_WORDS.contains(name.substring(begin, i))) {
                return true;
            }
            begin = ends ? i + 1 : begin;
        }
        for (String ending : SECRET_ENDINGS) {
            if (name.endsWith(ending)) {
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
