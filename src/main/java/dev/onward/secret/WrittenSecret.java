package dev.onward.secret;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A text to find in others, however URLs, forms and JSON write it. Which of its characters were escaped is left open, for
 * no two libraries agree. Immutable.
 */
final class WrittenSecret {

    private final String text;

    /** The letters and digits that it begins with: nobody writes these otherwise, and a search for them is fast. */
    private final String plainStart;

    private final String[] firstWays;

    /** Of a text that is not empty. */
    WrittenSecret(String text) {
        this.text = text;
        int plain = 0;
        while (plain < text.length() && WrittenCharacter.isPlain(text.charAt(plain))) {
            plain++;
        }
        this.plainStart = text.substring(0, plain);
        this.firstWays = plain > 0 ? new String[0] : WrittenCharacter.waysOf(text.codePointAt(0));
    }

    String text() {
        return text;
    }

    /** Tells the beginning and the end of each occurrence, which do not overlap, in their order. */
    void findIn(String searched, BiConsumer<Integer, Integer> found) {
        int start = nextStart(searched, 0);
        while (start >= 0) {
            int end = endOf(searched, start);
            if (end >= 0) {
                found.accept(start, end);
            }
            start = nextStart(searched, end >= 0 ? end : start + 1);
        }
    }

    private int nextStart(String searched, int from) {
        if (!plainStart.isEmpty()) {
            return searched.indexOf(plainStart, from);
        }
        char literal = text.charAt(0);
        for (int i = from; i < searched.length(); i++) {
            char character = searched.charAt(i);
            boolean begins = character == literal || character == '%' || character == '\\' || character == '+';
            if (begins && ends(firstWays, searched, i).length > 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Where an occurrence that begins at a place ends, -1 when none begins there. A percent sign or a backslash may stand
     * for itself or begin an escape, so that several places are followed at once.
     */
    private int endOf(String searched, int start) {
        int[] places = {start + plainStart.length()};
        for (int i = plainStart.length(); i < text.length() && places.length > 0; ) {
            char character = text.charAt(i);
            if (WrittenCharacter.isPlain(character)) {
                places = Arrays.stream(places)
                        .filter(place -> place < searched.length() && searched.charAt(place) == character)
                        .map(place -> place + 1)
                        .toArray();
                i++;
            } else {
                int point = text.codePointAt(i);
                String[] ways = WrittenCharacter.waysOf(point);
                places = places.length == 1
                        ? ends(ways, searched, places[0])
                        : Arrays.stream(places)
                                .flatMap(place -> Arrays.stream(ends(ways, searched, place)))
                                .distinct()
                                .toArray();
                i += Character.charCount(point);
            }
        }
        return Arrays.stream(places).max().orElse(-1);
    }

    /** Where one character that begins at a place ends, by each way to write it that stands there. */
    private static int[] ends(String[] ways, String searched, int place) {
        int[] ends = new int[ways.length];
        int count = 0;
        for (String way : ways) {
            if (searched.regionMatches(true, place, way, 0, way.length())) {
                ends[count++] = place + way.length();
            }
        }
        return Arrays.copyOf(ends, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenSecret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return Masker.MASK;
    }
}
