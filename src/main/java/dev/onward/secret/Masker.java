package dev.onward.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Masks secrets by value wherever they stand in a text: as they are, and inside Base64 of either alphabet at each of its
 * three alignments, both however URLs, forms and JSON write them ({@link WrittenSecret}). Values of fewer than four
 * characters are masked only as they are a whole text, for they stand in every other. Immutable.
 */
public final class Masker {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** Masks nothing. */
    public static final Masker NONE = new Masker(List.of());

    private static final int SHORTEST = 4;

    /** Of Base64: fewer characters stand in texts that have nothing to do with the secret. */
    private static final int SHORTEST_BASE64 = 6;

    private final List<WrittenSecret> forms;

    private Masker(Collection<WrittenSecret> forms) {
        this.forms = List.copyOf(forms);
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
        return new Masker(forms.stream().map(WrittenSecret::new).toList());
    }

    /** This one and another together. */
    public Masker and(Masker other) {
        if (forms.isEmpty() || other.forms.isEmpty()) {
            return forms.isEmpty() ? other : this;
        }
        Set<WrittenSecret> both = new LinkedHashSet<>(forms);
        both.addAll(other.forms);
        return new Masker(both);
    }

    /** Whether there is nothing to mask. */
    public boolean isEmpty() {
        return forms.isEmpty();
    }

    /** The text with every secret masked; of secrets that overlap, all characters go under one mask. */
    public String mask(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        BitSet inside = new BitSet();
        for (WrittenSecret form : forms) {
            if (form.text().length() >= SHORTEST) {
                form.findIn(text, inside::set);
            } else if (form.text().equals(text)) {
                return MASK;
            }
        }
        return inside.isEmpty() ? text : masked(text, inside);
    }

    /** The URL with every secret masked; a value of its query is a text of its own, that a short secret may be. */
    public String maskUrl(String url) {
        int query = url.indexOf('?') + 1;
        if (forms.isEmpty() || query == 0) {
            return mask(url);
        }
        StringJoiner shown = new StringJoiner("&", url.substring(0, query), "");
        for (String parameter : url.substring(query).split("&", -1)) {
            int value = parameter.indexOf('=') + 1;
            String decoded = URLDecoder.decode(parameter.substring(value), StandardCharsets.UTF_8);
            shown.add(mask(decoded).equals(MASK) ? parameter.substring(0, value) + MASK : parameter);
        }
        return mask(shown.toString());
    }

    private static String masked(String text, BitSet inside) {
        StringBuilder masked = new StringBuilder(text.length());
        int from = 0;
        for (int start = inside.nextSetBit(0); start >= 0; start = inside.nextSetBit(from)) {
            masked.append(text, from, start).append(MASK);
            from = inside.nextClearBit(start);
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static void addForms(String value, Set<String> forms) {
        if (value.isEmpty()) {
            return;
        }
        forms.add(value);
        if (value.length() < SHORTEST) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        addBase64(Base64.getEncoder().encodeToString(bytes), forms);
        for (int alignment = 0; alignment < 3; alignment++) {
            addInside(bytes, alignment, forms);
        }
    }

    /** The characters of Base64 that only the secret decides, when {@code alignment} other bytes come before it. */
    private static void addInside(byte[] secret, int alignment, Set<String> forms) {
        byte[] shifted = new byte[alignment + secret.length];
        System.arraycopy(secret, 0, shifted, alignment, secret.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (alignment * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to > from) {
            addBase64(whole.substring(from, to), forms);
        }
    }

    private static void addBase64(String base64, Set<String> forms) {
        if (base64.length() >= SHORTEST_BASE64) {
            forms.add(base64);
            forms.add(base64.replace('+', '-').replace('/', '_'));
        }
    }

    @Override
    public String toString() {
        return "Masker";
    }
}
