package dev.onward.journey.mapping;

import dev.onward.expression.value.Conversion;
import dev.onward.value.ValueType;
import java.util.Optional;

/** Whether a value of one type may be given where another is declared. */
final class Fit {

    private Fit() {}

    /**
     * Whether it can fit: equal types do, {@code any} on either side, an integer for a decimal, text for a date, a time or a
     * duration; lists as their elements do.
     */
    static boolean fits(ValueType given, ValueType declared) {
        if (given == declared || given == ValueType.ANY || declared == ValueType.ANY) {
            return true;
        }
        Optional<ValueType> elements = given.element();
        if (elements.isPresent() || declared.isList()) {
            return elements.isPresent()
                    && declared.element().isPresent()
                    && fits(elements.get(), declared.element().get());
        }
        return given == ValueType.INTEGER && declared == ValueType.DECIMAL
                || given == ValueType.STRING && Conversion.isTime(declared);
    }
}
