package dev.onward.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Masks secrets by value wherever they stand in a text: as they are, URL-encoded, as JSON writes them, and inside Base64
 * at each of its three alignments. Values of fewer than four characters are masked only as they are a whole text, for
 * they stand in every other. Immutable.
 */
public final class Masker {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** Masks nothing. */
    public static final Masker NONE = new Masker(List.of());

    private static final int SHORTEST = 4;

    /** Of Base64: fewer characters stand in texts that have nothing to do with the secret. */
    private static final int SHORTEST_BASE64 = 6;

    private final List<String> forms;

    private Masker(List<String> forms) {
        this.forms = forms;
    }

    /** A masker of some secrets. */
    public static Masker of(Collection<SecretText> secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        Set<String> forms = new LinkedHashSet<>();
        for (SecretText secret : secrets) {
            addForms(secret.reveal(), forms);
        }
        List<String> longestFirst = new ArrayList<>(forms);
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        return new Masker(List.copyOf(longestFirst));
    }

    /** This one and another together. */
    public Masker and(Masker other) {
        if (forms.isEmpty() || other.forms.isEmpty()) {
            return forms.isEmpty() ? other : this;
        }
        Set<String> both = new LinkedHashSet<>(forms);
        both.addAll(other.forms);
        List<String> longestFirst = new ArrayList<>(both);
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        return new Masker(List.copyOf(longestFirst));
    }

    /** Whether there is nothing to mask. */
    public boolean isEmpty() {
        return forms.isEmpty();
    }

    /** The text with every secret masked. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = form.length() < SHORTEST ? (masked.equals(form) ? MASK : masked) : masked.replace(form, MASK);
        }
        return masked;
    }

    private static void addForms(String value, Set<String> forms) {
        if (value.isEmpty()) {
            return;
        }
        forms.add(value);
        if (value.length() < SHORTEST) {
            return;
        }
        String query = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(query);
        forms.add(query.replace("+", "%20"));
        forms.add(lowerEscapes(query.replace("+", "%20")));
        forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int alignment = 0; alignment < 3; alignment++) {
            addBase64(bytes, alignment, forms);
        }
    }

    /** The characters of Base64 that only the secret decides, when {@code alignment} other bytes come before it. */
    private static void addBase64(byte[] secret, int alignment, Set<String> forms) {
        byte[] shifted = new byte[alignment + secret.length];
        System.arraycopy(secret, 0, shifted, alignment, secret.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (alignment * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from >= SHORTEST_BASE64) {
            String inner = whole.substring(from, to);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = 0; i + 2 < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.setCharAt(i + 1, Character.toLowerCase(lower.charAt(i + 1)));
                lower.setCharAt(i + 2, Character.toLowerCase(lower.charAt(i + 2)));
            }
        }
        return lower.toString();
    }

    @Override
    public String toString() {
        return "Masker";
    }
}
