package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonMembersTest {

    @Test
    void an_object_without_members_is_empty() {
        assertThat(written(members -> {})).isEqualTo("{}");
    }

    @Test
    void a_member_without_a_value_is_left_out() {
        assertThat(written(members -> members.text("a", Optional.empty())
                        .millis("b", Optional.empty())
                        .text("c", Optional.of("x"))
                        .text("d", Optional.empty())
                        .number("e", 1)))
                .isEqualTo("{\"c\":\"x\",\"e\":1}");
    }

    @Test
    void every_kind_of_value_is_written_with_commas_between() {
        assertThat(written(members -> members.text("t", "x")
                        .number("n", Long.MIN_VALUE)
                        .value("v", IntNode.valueOf(7))
                        .millis("m", Optional.of(Duration.ofNanos(1_999_999)))
                        .flag("f", false)
                        .nothing("z")
                        .object("o", inner -> inner.number("a", 1).number("b", 2))
                        .object("e", inner -> {})
                        .array("l", List.of(1, 2), (element, inner) -> inner.number("i", element))
                        .array("k", List.<Integer>of(), (element, inner) -> {})))
                .isEqualTo("{\"t\":\"x\",\"n\":-9223372036854775808,\"v\":7,\"m\":1,\"f\":false,\"z\":null,"
                        + "\"o\":{\"a\":1,\"b\":2},\"e\":{},\"l\":[{\"i\":1},{\"i\":2}],\"k\":[]}");
    }

    @Test
    void any_text_is_taken_in_names_and_values() {
        String written = written(members -> members.text("\"\\\u0000", "\uD800 \uD83D\uDE00 \n"));
        assertThat(StrictJson.read(written.getBytes(StandardCharsets.UTF_8))
                        .get("\"\\\u0000")
                        .textValue())
                .isEqualTo("\uD800 \uD83D\uDE00 \n");
    }

    @Test
    void members_of_another_object_join_in() {
        assertThat(written(members -> members.membersOf("{}")
                        .membersOf("{\"a\":1,\"ä\":2}")
                        .membersOf("{}")
                        .number("b", 3)))
                .isEqualTo("{\"a\":1,\"ä\":2,\"b\":3}");
    }

    private static String written(Consumer<JsonMembers> writer) {
        JsonBuffer json = new JsonBuffer(0);
        JsonMembers.object(json, writer);
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }
}
