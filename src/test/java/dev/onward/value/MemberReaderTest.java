package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemberReaderTest {

    private static final Pattern LETTERS = Pattern.compile("[a-z]+");

    private enum Colour {
        RED,
        GREEN;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Issues issues = new Issues();

    @Test
    void what_is_no_object_has_no_reader() {
        assertThat(MemberReader.of(json("[1]"), JsonPointer.compile("/x"), issues))
                .isEmpty();
        assertThat(told()).containsExactly("/x wrong-type");
    }

    @Test
    void a_member_of_another_type_is_noted_and_reads_as_empty() {
        MemberReader reader = reader("{'a':1,'b':'x','c':'true','d':1.0,'e':{},'f':[],'g':7}");
        assertThat(Stream.of(
                        reader.string("a"),
                        reader.integer("b", 0, 9),
                        reader.bool("c"),
                        reader.integer("d", 0, 9),
                        reader.array("e"),
                        reader.object("f"),
                        reader.duration("g", Duration.ZERO, Duration.ofDays(1))))
                .allMatch(Optional::isEmpty);
        assertThat(told())
                .containsExactly(
                        "/a wrong-type",
                        "/b wrong-type",
                        "/c wrong-type",
                        "/d wrong-type",
                        "/e wrong-type",
                        "/f wrong-type",
                        "/g wrong-type");
    }

    @Test
    void a_number_out_of_range_is_noted() {
        MemberReader reader = reader("{'a':0,'b':11,'c':99999999999999999999}");
        assertThat(reader.integer("a", 1, 10)).isEmpty();
        assertThat(reader.integer("b", 1, 10)).isEmpty();
        assertThat(reader.integer("c", 1, Integer.MAX_VALUE)).isEmpty();
        assertThat(told()).containsExactly("/a out-of-range", "/b out-of-range", "/c out-of-range");
    }

    @Test
    void a_duration_out_of_range_or_of_another_form_is_noted() {
        MemberReader reader = reader("{'a':'PT0.5S','b':'PT31S','c':'30 s'}");
        Stream.of("a", "b", "c")
                .forEach(name -> assertThat(reader.duration(name, Duration.ofSeconds(1), Duration.ofSeconds(30)))
                        .isEmpty());
        assertThat(told()).containsExactly("/a out-of-range", "/b out-of-range", "/c bad-format");
    }

    @Test
    void a_text_that_does_not_match_in_whole_is_noted() {
        MemberReader reader = reader("{'a':'abc1','b':''}");
        assertThat(reader.string("a", LETTERS)).isEmpty();
        assertThat(reader.string("b", LETTERS)).isEmpty();
        assertThat(told()).containsExactly("/a bad-format", "/b bad-format");
    }

    @Test
    void a_text_that_is_none_of_the_constants_is_noted_with_those() {
        assertThat(reader("{'a':'RED'}").oneOf("a", Colour.values(), Colour::wireName))
                .isEmpty();
        assertThat(issues.errors()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(ValueIssue.NOT_ALLOWED);
            assertThat(issue.message()).contains("[red, green]");
        });
    }

    @Test
    void a_required_member_that_is_absent_or_null_is_missing_but_a_faulty_one_is_told_once() {
        MemberReader reader = reader("{'b':null,'c':7}");
        reader.require("a", reader.string("a"));
        reader.require("b", reader.string("b"));
        reader.require("c", reader.string("c"));
        assertThat(told()).containsExactly("/a missing", "/b missing", "/c wrong-type");
    }

    @Test
    void members_that_nobody_asked_for_are_noted_at_the_end_with_what_is_allowed() {
        MemberReader reader = reader("{'a':1,'b':2,'version':3,'x/y':4}");
        reader.any("a");
        reader.string("absent");
        reader.ignore(Set.of("version"));
        reader.finish();
        assertThat(told()).containsExactly("/b unknown-member", "/x~1y unknown-member");
        assertThat(issues.errors().get(0).message()).contains("[a, absent, version]");
    }

    @Test
    void names_tells_all_members_in_order_and_makes_them_known() {
        MemberReader reader = reader("{'b':1,'a':null,'':2}");
        assertThat(reader.names()).containsExactly("b", "a", "");
        reader.finish();
        assertThat(told()).isEmpty();
    }

    @Test
    void good_members_are_read() {
        MemberReader reader = reader("{'s':'abc','i':10,'b':false,'d':'PT30S','c':'green','a':[1],'o':{'n':1}}");
        assertThat(reader.string("s", LETTERS)).contains("abc");
        assertThat(reader.integer("i", 0, 10)).contains(10);
        assertThat(reader.bool("b")).contains(false);
        assertThat(reader.duration("d", Duration.ofSeconds(1), Duration.ofSeconds(30)))
                .contains(Duration.ofSeconds(30));
        assertThat(reader.oneOf("c", Colour.values(), Colour::wireName)).contains(Colour.GREEN);
        assertThat(reader.array("a")).contains(json("[1]"));
        assertThat(reader.object("o").orElseThrow().at()).isEqualTo(JsonPointer.compile("/o"));
        reader.finish();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_null_reads_as_absent_and_is_no_fault() {
        MemberReader reader = reader("{'a':null}");
        assertThat(reader.string("a")).isEmpty();
        assertThat(reader.object("a")).isEmpty();
        reader.finish();
        assertThat(told()).isEmpty();
    }

    @Test
    void errors_refuse_the_document_with_all_of_them_and_warnings_do_not() {
        issues.warning(JsonPointer.compile("/w"), ValueIssue.NOT_ALLOWED, "told only");
        issues.throwIfErrors();
        issues.error(JsonPointer.compile("/a"), ValueIssue.MISSING, "first");
        issues.error(JsonPointer.compile("/b"), ValueIssue.MISSING, "second");
        assertThatThrownBy(issues::throwIfErrors)
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        refusal -> assertThat(refusal.issues())
                                .isEqualTo(issues.errors())
                                .hasSize(2))
                .hasMessageContaining("first");
        assertThat(issues.warnings()).hasSize(1);
    }

    @Test
    void a_flood_of_warnings_hides_no_error() {
        for (int i = 0; i < 1_000; i++) {
            issues.warning(JsonPointer.empty(), ValueIssue.NOT_ALLOWED, "warning");
        }
        issues.error(JsonPointer.empty(), ValueIssue.MISSING, "error");
        assertThat(issues.hasErrors()).isTrue();
        assertThat(issues.errors()).hasSize(1);
        assertThat(issues.warnings()).hasSize(100);
    }

    private MemberReader reader(String json) {
        return MemberReader.of(json(json), JsonPointer.empty(), issues).orElseThrow();
    }

    private List<String> told() {
        return issues.errors().stream()
                .map(issue -> issue.pointer() + " " + issue.code().code())
                .toList();
    }

    private static JsonNode json(String singleQuoted) {
        return StrictJson.read(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
