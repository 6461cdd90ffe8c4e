package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1001", "-1", "+1", "1.0", "1e2", "x", " 5", "٥", "99999999999999999999"})
    void a_limit_out_of_range_is_refused_with_the_range(String asked) {
        assertThatThrownBy(() -> Page.limit(Optional.of(asked)))
                .isInstanceOfSatisfying(InvalidException.class, invalid -> {
                    assertThat(invalid.issues()).hasSize(1);
                    assertThat(invalid.issues().get(0).message()).contains("1 to 1000");
                });
    }

    @Test
    void a_limit_in_range_counts_and_none_is_fifty() {
        assertThat(Page.limit(Optional.of("1"))).isEqualTo(1);
        assertThat(Page.limit(Optional.of("1000"))).isEqualTo(1_000);
        assertThat(Page.limit(Optional.empty())).isEqualTo(50);
    }

    @Test
    void one_row_more_than_asked_for_makes_a_next_page() {
        Page<String> page = Page.of(List.of("a", "b", "c"), 2, row -> new Cursor(List.of(row)));
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.next()).contains(new Cursor(List.of("b")));
    }

    @Test
    void as_many_rows_as_asked_for_are_the_last_page() {
        Page<String> page = Page.of(List.of("a", "b"), 2, row -> new Cursor(List.of(row)));
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(page.next()).isEmpty();
    }

    @Test
    void the_last_page_says_null_for_the_next() {
        Page<String> last = new Page<>(List.of("a"), Optional.empty());
        assertThat(last.json(TextNode::valueOf).toString()).isEqualTo("{\"items\":[\"a\"],\"next\":null}");
        Page<String> empty = new Page<>(List.of(), Optional.empty());
        assertThat(empty.json(TextNode::valueOf).toString()).isEqualTo("{\"items\":[],\"next\":null}");
    }
}
