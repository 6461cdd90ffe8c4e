package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_json_has_no_number_for_is_refused(double number) {
        assertThatIllegalArgumentException().isThrownBy(() -> written(NODES.numberNode(number)));
        assertThatIllegalArgumentException().isThrownBy(() -> written(NODES.numberNode((float) number)));
    }

    @Test
    void a_java_object_in_the_tree_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> written(NODES.pojoNode(new Object())));
        assertThatIllegalArgumentException().isThrownBy(() -> written(NODES.binaryNode(new byte[1])));
    }

    @Test
    void a_negative_size_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonBuffer(-1))
                .withMessageContaining("-1");
    }

    @Test
    void every_character_is_escaped_as_jackson_escapes_it() throws IOException {
        for (char character = 0; character < Character.MAX_VALUE; character++) {
            if (!Character.isSurrogate(character)) {
                String text = "a" + character + "b";
                assertThat(written(text)).as("U+%04X", (int) character).isEqualTo(byJackson(text));
            }
        }
    }

    @Test
    void random_texts_are_written_as_jackson_writes_them() throws IOException {
        Random random = new Random(20260131);
        for (int round = 0; round < 2_000; round++) {
            String text = randomText(random, random.nextInt(200));
            assertThat(written(text)).isEqualTo(byJackson(text));
        }
    }

    @Test
    void a_lone_surrogate_is_written_as_its_escape() {
        for (char surrogate = Character.MIN_SURROGATE; surrogate <= Character.MAX_SURROGATE; surrogate++) {
            String escape = String.format("\\u%04X", (int) surrogate);
            assertThat(written("a" + surrogate)).isEqualTo("\"a" + escape + "\"");
            assertThat(written(surrogate + "b")).isEqualTo("\"" + escape + "b\"");
        }
    }

    @Test
    void surrogates_in_the_wrong_order_are_two_escapes() {
        assertThat(written("\uDE00\uD83D")).isEqualTo("\"\\uDE00\\uD83D\"");
        assertThat(written("\uD83D\uD83D\uDE00")).isEqualTo("\"\\uD83D\uD83D\uDE00\"");
    }

    @Test
    void a_lone_surrogate_comes_back_as_it_was() {
        String text = "x\uD800y\uDFFF";
        assertThat(StrictJson.read(bytes(NODES.textNode(text))).textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 9, 10, -10, 99, 100, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE
            })
    void whole_numbers_keep_every_digit(long number) {
        assertThat(written(NODES.numberNode(number))).isEqualTo(Long.toString(number));
        assertThat(written(NODES.numberNode((int) number))).isEqualTo(Integer.toString((int) number));
    }

    @Test
    void powers_of_ten_keep_every_digit() {
        for (long power = 1; power < Long.MAX_VALUE / 10; power *= 10) {
            for (long number : new long[] {power - 1, power, power + 1, -power}) {
                assertThat(written(NODES.numberNode(number))).isEqualTo(Long.toString(number));
            }
        }
    }

    @Test
    void other_numbers_keep_every_digit() {
        assertThat(written(NODES.numberNode(new BigDecimal("20.10")))).isEqualTo("20.10");
        assertThat(written(NODES.numberNode(new BigDecimal("1e400")))).isEqualTo("1E+400");
        assertThat(written(NODES.numberNode(new BigInteger("-12345678901234567890"))))
                .isEqualTo("-12345678901234567890");
        assertThat(written(NODES.numberNode(0.5))).isEqualTo("0.5");
        assertThat(written(NODES.numberNode((short) -7))).isEqualTo("-7");
    }

    @Test
    void a_tree_is_written_without_white_space() {
        String json = "{\"a\":[1,\"x\",true,false,null,{},[]],\"b\\\"\":{\"c\":{\"d\":20.10}}}";
        assertThat(written(StrictJson.read(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(json);
    }

    @Test
    void a_missing_value_is_written_as_null() {
        assertThat(written(MissingNode.getInstance())).isEqualTo("null");
    }

    @Test
    void a_separator_is_written_only_behind_something() {
        JsonBuffer buffer = new JsonBuffer(0);
        buffer.separator();
        buffer.ascii('[');
        buffer.separator();
        buffer.string("[");
        buffer.separator();
        buffer.ascii('{');
        buffer.separator();
        buffer.ascii('}');
        buffer.separator();
        buffer.raw(new byte[] {'7'});
        assertThat(new String(buffer.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("[\"[\",{},7");
    }

    @Test
    void a_cleared_buffer_begins_anew_and_keeps_its_room() {
        JsonBuffer buffer = new JsonBuffer(16);
        buffer.text("x".repeat(1_000));
        int room = buffer.capacity();
        buffer.clear();
        buffer.text("é");
        assertThat(buffer.size()).isEqualTo(2);
        assertThat(buffer.capacity()).isEqualTo(room).isGreaterThanOrEqualTo(1_000);
        assertThat(buffer.toByteArray()).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_was_given_out_does_not_change_any_more() {
        JsonBuffer buffer = new JsonBuffer(16);
        buffer.text("ab");
        byte[] first = buffer.toByteArray();
        buffer.clear();
        buffer.text("cd");
        assertThat(first).isEqualTo(new byte[] {'a', 'b'});
    }

    private static String written(String text) {
        return written(NODES.textNode(text));
    }

    private static String written(JsonNode value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JsonNode value) {
        JsonBuffer buffer = new JsonBuffer(0);
        buffer.value(value);
        return buffer.toByteArray();
    }

    private static String byJackson(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JACKSON.createGenerator(out)) {
            generator.writeString(text);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Whole code points only, because a generator throws on half of one; every plane is as likely as ASCII. */
    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        int[] bounds = {0x20, 0x80, 0x100, 0x800, 0x10000, 0x110000};
        while (text.length() < length) {
            int codePoint = random.nextInt(bounds[random.nextInt(bounds.length)]);
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }
}
