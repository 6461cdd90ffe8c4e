package dev.onward.expression.tree;

import dev.onward.expression.issue.Location;
import java.util.Optional;

/** One step of a path. */
public sealed interface Step {

    /** Where it stands in the source. */
    Location location();

    /** Calls the method of the visitor that fits. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method per kind of step.
     *
     * @param <R> what every method answers
     */
    interface Visitor<R> {
        R field(Field step);

        R selection(Selection step);
    }

    /** {@code .price}: a member of an object, or of every object of a collection. */
    record Field(Location location, String name) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.field(this);
        }
    }

    /**
     * {@code .all(condition)}
     *
     * @param argument present as {@link Selector#argument} asks for it
     */
    record Selection(Location location, Selector selector, Optional<Node> argument) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.selection(this);
        }
    }
}
