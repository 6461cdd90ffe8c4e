package dev.onward.egress.name;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks names with A-labels ({@code xn--…}). What passes is valid under UTS #46 (non-transitional) and so under the
 * URL standard; the reverse does not hold: symbols, emoji and joiners are refused.
 */
final class InternationalName {

    static final String PREFIX = "xn--";

    /** Letters that change under case mapping although the standard keeps them: sharp s, dotless i, final sigma. */
    private static final Set<Integer> KEPT = Set.of(0xDF, 0x131, 0x3C2);

    /** Marks and letters that are invisible; the standard drops or refuses them. */
    private static final Set<Integer> INVISIBLE = Set.of(0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0);

    private InternationalName() {}

    /** Whether every {@code xn--} label of the name is the encoding of a valid label; a name without any is valid. */
    static boolean isValid(List<String> labels) {
        if (labels.stream().noneMatch(label -> label.startsWith(PREFIX))) {
            return true;
        }
        List<String> decoded = new ArrayList<>();
        for (String label : labels) {
            Optional<String> unicode = label.startsWith(PREFIX) ? decode(label) : Optional.of(label);
            if (unicode.isEmpty()) {
                return false;
            }
            decoded.add(unicode.get());
        }
        return Bidi.isValid(decoded);
    }

    private static Optional<String> decode(String label) {
        return Punycode.decode(label.substring(PREFIX.length())).filter(InternationalName::isValidLabel);
    }

    private static boolean isValidLabel(String label) {
        return label.codePoints().anyMatch(point -> point >= 0x80)
                && !isMark(label.codePointAt(0))
                && Normalizer.isNormalized(label, Normalizer.Form.NFKC)
                && label.codePoints().allMatch(InternationalName::isValid);
    }

    private static boolean isValid(int point) {
        if (point < 0x80) {
            return point == '-' || Character.isDigit(point) || point >= 'a' && point <= 'z';
        }
        return isLetterMarkOrDigit(point)
                && (KEPT.contains(point) || isCaseFolded(point))
                && !INVISIBLE.contains(point)
                && !isVariationSelector(point);
    }

    private static boolean isLetterMarkOrDigit(int point) {
        return switch (Character.getType(point)) {
            case Character.LOWERCASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> isMark(point);
        };
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Cherokee folds to upper case, alone of all scripts. */
    private static boolean isCaseFolded(int point) {
        String letter = Character.toString(point);
        String folded = letter.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC).equals(letter)
                && Character.UnicodeScript.of(point) != Character.UnicodeScript.CHEROKEE;
    }

    private static boolean isVariationSelector(int point) {
        return point >= 0x180B && point <= 0x180F
                || point >= 0xFE00 && point <= 0xFE0F
                || point >= 0xE0100 && point <= 0xE01EF;
    }
}
