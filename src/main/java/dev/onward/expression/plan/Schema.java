package dev.onward.expression.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onward.expression.tree.Source;
import dev.onward.value.ValueType;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the data before it is there: declared types of some fields, and a sample, which shows where
 * collections are and how fields are spelt. A field that is not known may exist all the same.
 *
 * <p>Immutable and thread-safe.
 */
public final class Schema {

    /** Nothing is known. */
    public static final Schema EMPTY = new Schema(Declared.EMPTY, Map.of());

    private final Declared declared;
    private final Map<Source, JsonNode> sample;

    private Schema(Declared declared, Map<Source, JsonNode> sample) {
        this.declared = declared;
        this.sample = Map.copyOf(sample);
    }

    /**
     * The schema of some types and a sample.
     *
     * @param types by path without indexes, beginning with a {@link Source#contextKey()}: {@code event.Order.total}
     * @param sample per source, as in {@link dev.onward.expression.evaluation.Scope}
     */
    public static Schema of(Map<String, ValueType> types, Map<Source, JsonNode> sample) {
        Declared root = new Declared();
        types.forEach(root::declare);
        return new Schema(root, sample);
    }

    /** All data of a source. */
    Field root(Source source) {
        // An event, an action, an activity; a data source and its field group: these are objects.
        int containers = source == Source.DATA_SOURCE ? 2 : 1;
        return new Field(
                declared.child(source.contextKey()),
                sample.getOrDefault(source, MissingNode.getInstance()),
                containers + 1);
    }

    /** Types by path. Filled once, before it is shared. */
    static final class Declared {
        static final Declared EMPTY = new Declared();

        private final Map<String, Declared> children = new HashMap<>();
        private ValueType type = ValueType.ANY;

        private void declare(String path, ValueType declaredType) {
            Declared at = this;
            for (String name : path.split("\\.", -1)) {
                at = at.children.computeIfAbsent(name, unknown -> new Declared());
            }
            at.type = declaredType;
        }

        ValueType type() {
            return type;
        }

        Map<String, Declared> children() {
            return children;
        }

        Declared child(String name) {
            return children.getOrDefault(name, EMPTY);
        }
    }
}
