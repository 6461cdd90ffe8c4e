package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.expression.Expression;
import dev.onward.expression.evaluation.Scope;
import java.util.random.RandomGenerator;

/** Gives an argument for one profile. Immutable and thread-safe. */
sealed interface MappedArgument {

    /**
     * The argument; a JSON null when the data has none.
     *
     * @throws dev.onward.expression.issue.ExpressionException when the expression has no value
     */
    JsonNode value(Scope scope, RandomGenerator random);

    /** Always the same. */
    record Literal(JsonNode constant) implements MappedArgument {
        @Override
        public JsonNode value(Scope scope, RandomGenerator random) {
            return constant;
        }
    }

    /** What an expression gives, of objects the declared fields. */
    record Computed(Expression expression, Projection projection) implements MappedArgument {
        @Override
        public JsonNode value(Scope scope, RandomGenerator random) {
            return projection.of(expression.evaluate(scope, random).json());
        }
    }

    /** The fields of every element; a single object counts as a list of one. */
    record Collection(Expression expression, Projection projection) implements MappedArgument {
        @Override
        public JsonNode value(Scope scope, RandomGenerator random) {
            JsonNode elements = expression.evaluate(scope, random).json();
            if (elements.isObject()) {
                ArrayNode one = JsonNodeFactory.instance.arrayNode();
                return projection.of(one.add(elements));
            }
            return projection.of(elements);
        }
    }
}
