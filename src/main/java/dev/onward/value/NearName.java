package dev.onward.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant by a name that does not exist. */
public final class NearName {

    private static final int MAX_EDITS = 2;

    private NearName() {}

    /** The nearest of the known names, at most two edits and less than half of the name away. */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= MAX_EDITS)
                .filter(candidate -> edits(name, candidate) <= Math.min(MAX_EDITS, name.length() / 2))
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
    }

    /** The same as the end of a message about the name: {@code "; did you mean 'sku'?"}; empty when nothing is near. */
    public static String hint(String name, Collection<String> known) {
        return of(name, known).map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }

    /** How many characters must be inserted, removed or replaced (Levenshtein), upper and lower case being equal. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (same(from.charAt(i - 1), to.charAt(j - 1)) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
