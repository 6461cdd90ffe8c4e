package dev.onward.egress;

import java.util.List;

/**
 * Tells by its name that a header's value is a secret, in requests and in answers. It rather masks one too many: a value
 * that was logged once is known for ever.
 */
public final class SecretHeaders {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

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

    /** What the words begin with: most names are told by it, and this is asked often. */
    private static final String FIRST_OF_WORDS = "acjpst";

    private static final char LAST_OF_ENDINGS = 'y';

    private SecretHeaders() {}

    /** Whether the value is masked wherever it would be shown or stored. */
    public static boolean isSecret(String headerName) {
        int begin = 0;
        for (int i = 0; i <= headerName.length(); i++) {
            if (i == headerName.length() || headerName.charAt(i) == '-' || headerName.charAt(i) == '_') {
                if (isSecretWord(headerName, begin, i - begin)) {
                    return true;
                }
                begin = i + 1;
            }
        }
        return hasSecretEnding(headerName);
    }

    private static boolean hasSecretEnding(String headerName) {
        if (headerName.isEmpty() || lower(headerName.charAt(headerName.length() - 1)) != LAST_OF_ENDINGS) {
            return false;
        }
        for (String ending : SECRET_ENDINGS) {
            int at = headerName.length() - ending.length();
            if (headerName.regionMatches(true, at, ending, 0, ending.length())) {
                return true;
            }
        }
        return false;
    }

    /** Asked for every header of every attempt: it makes no new text. */
    private static boolean isSecretWord(String name, int begin, int length) {
        if (length == 0 || FIRST_OF_WORDS.indexOf(lower(name.charAt(begin))) < 0) {
            return false;
        }
        for (String word : SECRET_WORDS) {
            if (word.length() == length && name.regionMatches(true, begin, word, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + 'a' - 'A') : letter;
    }

    /** The header's value, masked if it is a secret. */
    public static String shown(Header header) {
        return isSecret(header.name()) ? MASK : header.value();
    }
}
