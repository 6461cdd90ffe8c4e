package dev.onward.journey.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step gives to one parameter of its action. Immutable. */
public sealed interface Argument {

    /** Where it stands in the journey's document. */
    JsonPointer at();

    /** Where its expression stands; that of a constant where it stands itself. */
    default JsonPointer expressionAt() {
        return at();
    }

    /** Gives what the visitor gives for its kind. */
    <R> R accept(Visitor<R> visitor);

    /** Something to do with each kind of argument. */
    interface Visitor<R> {

        R literal(Literal literal);

        R computed(Computed computed);

        R collection(Collection collection);
    }

    /** {@code true}, {@code 3} or {@code {"value": …}}: always the same JSON. */
    record Literal(JsonPointer at, JsonNode value) implements Argument {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.literal(this);
        }
    }

    /** Text: an expression. */
    record Computed(ExpressionText text) implements Argument {
        @Override
        public JsonPointer at() {
            return text.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.computed(this);
        }
    }

    /**
     * {@code {"collection": "…", "fields": {…}}}: an expression gives the elements, the fields are picked from each.
     *
     * @param fields by the parameter's field; one that is not named comes from the element's field of the same name
     */
    record Collection(JsonPointer at, ExpressionText text, Map<String, FieldSource> fields) implements Argument {
        public Collection {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public JsonPointer expressionAt() {
            return text.at();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.collection(this);
        }
    }

    /**
     * Where a field of an element comes from.
     *
     * @param at where that is said
     * @param path names from the element on, at least one
     * @param isCollection whether the value is a list whose elements are mapped in turn
     * @param fields of those elements, as in {@link Collection}
     */
    record FieldSource(JsonPointer at, List<String> path, boolean isCollection, Map<String, FieldSource> fields) {
        public FieldSource {
            path = List.copyOf(path);
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }
}
