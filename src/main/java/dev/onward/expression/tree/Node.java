package dev.onward.expression.tree;

import dev.onward.expression.issue.Location;
import java.util.List;
import java.util.Optional;

/** A part of an expression. Immutable. */
public sealed interface Node {

    /** Where it stands in the source. */
    Location location();

    /** How tightly it binds: where it must be bracketed. */
    Level level();

    /** Calls the method of the visitor that fits. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method per kind of node.
     *
     * @param <R> what every method answers
     */
    interface Visitor<R> {
        R literal(Literal node);

        R list(ListLiteral node);

        R reference(Reference node);

        R loopVariable(LoopVariable node);

        R property(Property node);

        R call(Call node);

        R negation(Negation node);

        R not(Not node);

        R test(Test node);

        R chain(Chain node);

        R conditional(Conditional node);

        R faulty(Faulty node);
    }

    /**
     * A constant.
     *
     * @param value what was written
     */
    record Literal(Location location, Constant value) implements Node {
        @Override
        public Level level() {
            return value.isNegative() ? Level.SIGNED : Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    /** {@code [1, 2]} */
    record ListLiteral(Location location, List<Node> items) implements Node {
        public ListLiteral {
            items = List.copyOf(items);
        }

        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.list(this);
        }
    }

    /**
     * <code>@event{order.total, defaultValue: 0}</code>
     *
     * @param source where the data is
     * @param steps at least one
     * @param defaultValue what a null is replaced by
     * @param params the arguments of a data source, in order
     */
    record Reference(
            Location location, Source source, List<Step> steps, Optional<Node> defaultValue, List<Param> params)
            implements Node {
        public Reference {
            steps = List.copyOf(steps);
            params = List.copyOf(params);
        }

        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reference(this);
        }
    }

    /** An argument of a data source. */
    record Param(String name, Node value) {}

    /** {@code currentEventField.price} */
    record LoopVariable(Location location, Source source, List<Step> steps) implements Node {
        public LoopVariable {
            steps = List.copyOf(steps);
        }

        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.loopVariable(this);
        }
    }

    /** A bare name: a property of the journey, such as {@code profileId}, when there is one of that name. */
    record Property(Location location, String name) implements Node {
        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.property(this);
        }
    }

    /**
     * {@code upper("a")}
     *
     * @param location of the function's name
     * @param isWhole false when a part of it could not be read, so that its arguments need not be complete
     */
    record Call(Location location, String function, List<Node> arguments, boolean isWhole) implements Node {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** {@code -x} */
    record Negation(Location location, Node operand) implements Node {
        @Override
        public Level level() {
            return Level.SIGNED;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.negation(this);
        }
    }

    /** {@code not x} */
    record Not(Location location, Node operand) implements Node {
        @Override
        public Level level() {
            return Level.NOT;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.not(this);
        }
    }

    /** {@code x is null} */
    record Test(Location location, Node operand, TestKind kind) implements Node {
        @Override
        public Level level() {
            return Level.TEST;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.test(this);
        }
    }

    /**
     * Operands with operators of one level between them, read from left to right: {@code a + b - c}. One node, so that
     * a long chain is not a deep tree.
     *
     * @param links at least one
     */
    record Chain(Location location, Node first, List<Link> links) implements Node {
        public Chain {
            links = List.copyOf(links);
        }

        @Override
        public Level level() {
            return links.get(0).operator().level();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.chain(this);
        }
    }

    /**
     * One operator with its right operand.
     *
     * @param location of the operator
     */
    record Link(Location location, Operator operator, Node operand) {}

    /** {@code if (a) then (b) else (c)} */
    record Conditional(Location location, Node condition, Node then, Node otherwise) implements Node {
        @Override
        public Level level() {
            return Level.CONDITIONAL;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.conditional(this);
        }
    }

    /** A part that could not be read; an issue tells why. */
    record Faulty(Location location) implements Node {
        @Override
        public Level level() {
            return Level.PRIMARY;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.faulty(this);
        }
    }
}
