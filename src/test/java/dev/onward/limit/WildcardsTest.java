package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WildcardsTest {

    @Test
    void any_pattern_matches_what_the_definition_says() {
        Random random = new Random(1);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = text(random, "ab*", 8);
            String text = text(random, "ab", 10);
            boolean expected = matches(pattern, text);
            assertThat(new Wildcards(pattern).matches(text))
                    .as("%s for %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(10_000);
    }

    @Test
    void the_worst_pattern_takes_no_longer_than_its_length() {
        Wildcards pattern = new Wildcards("/*" + "a".repeat(1_000) + "b" + "*c");
        String text = "/" + "a".repeat(7_000) + "c";
        long begun = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(pattern.matches(text)).isFalse();
        }
        assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
    }

    /** As slow and as plain as can be. */
    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return matches(pattern.substring(1), text) || !text.isEmpty() && matches(pattern, text.substring(1));
        }
        return !text.isEmpty()
                && text.charAt(0) == pattern.charAt(0)
                && matches(pattern.substring(1), text.substring(1));
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
