package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.AudienceStatus;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.Value;
import dev.onward.testsupport.Together;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    private final Random random = new Random(7);

    @Test
    void one_expression_is_evaluated_by_many_threads_each_with_its_own_data() {
        Expression expression = compile("count(@event{o.items.all(currentEventField.price > @event{o.min} and"
                + " matchRegExp(currentEventField.sku, 'a+'))})");
        Map<Integer, Value> counts = new ConcurrentHashMap<>();
        List<Optional<RuntimeException>> ends = Together.run(8, thread -> {
            String items = String.join(
                    ",",
                    IntStream.range(0, 200)
                            .mapToObj(price -> "{\"sku\": \"aaa\", \"price\": " + price + "}")
                            .toList());
            Scope scope = event("{\"o\": {\"min\": " + (thread * 10) + ", \"items\": [" + items + "]}}");
            for (int at = 0; at < 200; at++) {
                Value count = expression.evaluate(scope, new Random(thread));
                assertThat(counts.merge(thread, count, (before, now) -> before)).isEqualTo(count);
            }
        });
        assertThat(ends).allMatch(Optional::isEmpty);
        IntStream.range(0, 8)
                .forEach(thread -> assertThat(counts).containsEntry(thread, new IntegerValue(199 - thread * 10)));
    }

    @Test
    void a_chain_as_long_as_the_source_allows_is_evaluated() {
        String chain = "1" + "+1".repeat(8_000);
        assertThat(compile(chain).evaluate(Scope.empty(NOW), random)).isEqualTo(new IntegerValue(8_001));
        String open = "@event{o.one}" + "+1".repeat(8_000);
        assertThat(compile(open).evaluate(event("{\"o\": {\"one\": 1}}"), random))
                .isEqualTo(new IntegerValue(8_001));
    }

    @Test
    void brackets_as_deep_as_allowed_are_evaluated() {
        assertThat(compile("(".repeat(64) + "1" + ")".repeat(64)).evaluate(Scope.empty(NOW), random))
                .isEqualTo(new IntegerValue(1));
        assertThat(compile("-".repeat(64) + "1").evaluate(Scope.empty(NOW), random))
                .isEqualTo(new IntegerValue(1));
    }

    @Test
    void a_budget_is_spent_to_the_last_step() {
        Expression expression = compile("@event{o.list.all(currentEventField > 0)}");
        Scope scope = event("{\"o\": {\"list\": [1, 2, 3]}}");
        long needed = IntStream.range(1, 100)
                .filter(budget -> isEnough(expression, scope, budget))
                .findFirst()
                .orElseThrow();
        assertThat(needed).isBetween(9L, 30L);
        assertThat(isEnough(expression, scope, needed - 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@event{o.object} == @event{o.same}",
                "@event{o.list} == @event{o.list}",
                "@event{o.nested} is not null",
                "distinctCount(@event{o.items}, 'list') > 0",
                "sort(@event{o.items}, 'list', true) is not null"
            })
    void a_look_at_many_nodes_takes_as_many_steps(String source) {
        Expression expression = compile(source);
        Scope scope = nested();
        assertThat(isEnough(expression, scope, 500)).isFalse();
        assertThat(isEnough(expression, scope, 20_000)).isTrue();
    }

    @Test
    void values_of_two_kinds_differ_without_a_look_inside() {
        Expression expression = compile("@event{o.zero} == @event{o.object} or @event{o.object} == @event{o.empty}");
        assertThat(isEnough(expression, nested(), 20)).isTrue();
    }

    @Test
    void constants_are_computed_while_compiling() {
        assertThat(compile("upper(concat('a', 'b')) == 'AB' and 2 * 3 == 6").evaluate(Scope.empty(NOW), random, 0))
                .matches(Value::isTrue);
    }

    @Test
    void a_scope_keeps_no_hold_of_the_maps_it_was_given() {
        Map<String, AudienceStatus> audiences = new HashMap<>(Map.of("vip", AudienceStatus.REALIZED));
        Map<Source, JsonNode> data = new HashMap<>(Map.of(Source.EVENT, read("{\"o\": {\"id\": 1}}")));
        Scope scope = new Scope(data, audiences, read("{}"), NOW);
        audiences.clear();
        data.clear();
        assertThat(compile("inAudience('vip') and @event{o.id} == 1").evaluate(scope, random))
                .matches(Value::isTrue);
    }

    @Test
    void an_issue_says_how_an_evaluation_went_wrong() {
        assertThatThrownBy(() -> compile("@event{o.id} * 2").evaluate(event("{\"o\": {\"id\": \"A\"}}"), random))
                .isInstanceOfSatisfying(ExpressionException.class, refused -> {
                    assertThat(refused.issues()).hasSize(1);
                    assertThat(refused.issues().get(0).code()).isEqualTo(ExpressionIssueCode.WRONG_TYPE);
                    assertThat(refused).hasMessage("`*` stands between string and integer; allowed are two numbers");
                });
    }

    /** Objects and lists of a thousand. */
    private static Scope nested() {
        String members = String.join(
                ",",
                IntStream.range(0, 1_000).mapToObj(at -> "\"" + at + "\": 1").toList());
        String list = "[" + "1,".repeat(999) + "1]";
        return event("{\"o\": {\"zero\": 0, \"empty\": [], \"object\": {" + members + "}, \"same\": {" + members
                + "}, \"list\": " + list + ", \"nested\": [" + list + "], \"items\": [{\"list\": " + list + "}]}}");
    }

    private boolean isEnough(Expression expression, Scope scope, long budget) {
        try {
            return !expression.evaluate(scope, random, budget).isNull();
        } catch (ExpressionException exhausted) {
            assertThat(exhausted.issues().get(0).code()).isEqualTo(ExpressionIssueCode.BUDGET_EXHAUSTED);
            return false;
        }
    }

    private static Expression compile(String source) {
        return ExpressionCompiler.compile(source, Schema.EMPTY);
    }

    private static Scope event(String json) {
        return new Scope(Map.of(Source.EVENT, read(json)), Map.of(), read("{}"), NOW);
    }

    private static JsonNode read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
