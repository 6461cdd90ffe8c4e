package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.Expression;
import dev.onward.expression.evaluation.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** A step, compiled and linked: what follows it is the number of another stop of its route. Immutable and thread-safe. */
public sealed interface Stop {

    String id();

    /** The stop itself when it runs an action. */
    default Optional<Act> act() {
        return Optional.empty();
    }

    /** The stop itself when it waits. */
    default Optional<Wait> pause() {
        return Optional.empty();
    }

    /** Gives what the visitor gives for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Something to do with each kind of stop. */
    interface Visitor<R> {

        R act(Act act);

        R choose(Choose choose);

        R pause(Wait wait);

        R end(End end);
    }

    /** Runs an action. */
    record Act(
            String id,
            String action,
            OptionalInt version,
            Optional<Expression> path,
            Map<String, MappedArgument> arguments,
            Optional<Duration> timeout,
            int next,
            int onError)
            implements Stop {

        public Act {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }

        @Override
        public Optional<Act> act() {
            return Optional.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.act(this);
        }

        /**
         * The invocation for one profile, as its document.
         *
         * @throws dev.onward.expression.issue.ExpressionException when an argument has no value
         */
        public ObjectNode invocation(String profileId, Scope scope, RandomGenerator random) {
            ObjectNode invocation = JsonNodeFactory.instance.objectNode().put("profileId", profileId);
            path.ifPresent(expression ->
                    invocation.set("path", expression.evaluate(scope, random).json()));
            ObjectNode given = invocation.putObject("arguments");
            arguments.forEach((name, argument) -> given.set(name, argument.value(scope, random)));
            timeout.ifPresent(window -> invocation.put("timeout", window.toString()));
            return invocation;
        }
    }

    /** Goes one way or the other. */
    record Choose(String id, Expression condition, int then, int otherwise) implements Stop {

        /**
         * Where it goes on; a null counts as false.
         *
         * @throws dev.onward.expression.issue.ExpressionException when the condition gives no boolean
         */
        public int next(Scope scope, RandomGenerator random) {
            return condition.holds(scope, random) ? then : otherwise;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choose(this);
        }
    }

    /** Goes on later. */
    record Wait(String id, Duration duration, int next) implements Stop {
        @Override
        public Optional<Wait> pause() {
            return Optional.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pause(this);
        }
    }

    /** The instance ends here. */
    record End(String id) implements Stop {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.end(this);
        }
    }
}
