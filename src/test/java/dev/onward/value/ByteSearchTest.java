package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final int MOST_BYTES = 27;

    private static boolean isControlOrBackslash(int character) {
        return character < ' ' || character == '\\';
    }

    private static boolean isNotPlainInJson(int character) {
        return isControlOrBackslash(character) || character == '"' || character >= 0x80;
    }

    @Test
    void each_byte_is_found_or_passed_over_at_each_place_of_a_word() {
        for (int length = 1; length <= MOST_BYTES; length++) {
            for (int at = 0; at < length; at++) {
                for (int character = 0; character <= 0xFF; character++) {
                    byte[] bytes = plain(length);
                    bytes[at] = (byte) character;
                    int found = isControlOrBackslash(character) ? at : length;
                    int foundInJson = isNotPlainInJson(character) ? at : length;

                    assertThat(ByteSearch.CONTROL_OR_BACKSLASH.first(bytes, 0, length))
                            .isEqualTo(found);
                    assertThat(ByteSearch.NOT_PLAIN_IN_JSON.first(bytes, 0, length))
                            .isEqualTo(foundInJson);
                }
            }
        }
    }

    @Test
    void of_several_in_random_bytes_the_first_from_there_on_is_found() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(MOST_BYTES)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(ByteSearch.CONTROL_OR_BACKSLASH.first(bytes, from, to))
                    .isEqualTo(oneByOne(bytes, from, to, ByteSearchTest::isControlOrBackslash));
            assertThat(ByteSearch.NOT_PLAIN_IN_JSON.first(bytes, from, to))
                    .isEqualTo(oneByOne(bytes, from, to, ByteSearchTest::isNotPlainInJson));
        }
    }

    @Test
    void what_stands_before_and_behind_is_not_looked_at() {
        byte[] bytes = plain(MOST_BYTES);
        bytes[3] = '\\';
        bytes[22] = '\\';

        assertThat(ByteSearch.CONTROL_OR_BACKSLASH.first(bytes, 4, 22)).isEqualTo(22);
        assertThat(ByteSearch.CONTROL_OR_BACKSLASH.first(bytes, 4, 23)).isEqualTo(22);
        assertThat(ByteSearch.CONTROL_OR_BACKSLASH.first(bytes, 9, 9)).isEqualTo(9);
    }

    private static byte[] plain(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static int oneByOne(byte[] bytes, int from, int to, IntPredicate wanted) {
        int at = from;
        while (at < to && !wanted.test(bytes[at] & 0xFF)) {
            at++;
        }
        return at;
    }
}
