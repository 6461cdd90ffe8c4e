package dev.onward.template;

import dev.onward.value.Parameter;
import dev.onward.value.ValueType;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a value while compiling.
 *
 * @param type its declared type
 * @param fields the declared fields of an object or of a list's objects; empty means any content
 */
record Shape(ValueType type, Map<String, Parameter> fields) {

    static final Shape ANY = new Shape(ValueType.ANY, Map.of());
    static final Shape INTEGER = new Shape(ValueType.INTEGER, Map.of());

    static Shape of(Parameter parameter) {
        return new Shape(parameter.type(), parameter.fields());
    }

    boolean isList() {
        return type.isList();
    }

    boolean isScalarList() {
        return isList() && type != ValueType.LIST_OBJECT && type != ValueType.LIST_ANY;
    }

    boolean isText() {
        return type.isText();
    }

    boolean isObject() {
        return type == ValueType.OBJECT;
    }

    boolean isAny() {
        return type == ValueType.ANY;
    }

    /**
     * Whether a form can show it, as far as the type tells.
     *
     * @param lists whether a list is shown as its name once per element
     */
    boolean fitsForm(boolean lists) {
        return !isObject() && type != ValueType.LIST_OBJECT && (lists || !isList());
    }

    /** Whether any field may be asked for, because none is declared. */
    boolean isOpen() {
        return isAny() || isObject() && fields.isEmpty();
    }

    /** Whether {@code .size} means its length; of an object it is a field like any other, and an {@code any} may be one. */
    boolean hasSize() {
        return isList() || isAny() || type == ValueType.STRING;
    }

    /** The shape of a list's elements; empty when this cannot be a list. */
    Optional<Shape> element() {
        return isAny() ? Optional.of(ANY) : type.element().map(element -> new Shape(element, fields));
    }
}
