package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;

/** Rounding and chance. */
final class MathFunctions {

    private MathFunctions() {}

    static List<Function> all() {
        return List.of(
                Definition.of("random", Group.MATH)
                        .impure()
                        .takes()
                        .gives(
                                ValueType.DECIMAL,
                                arguments -> new DecimalValue(
                                        arguments.evaluation().random().nextDouble()))
                        .describedAs("A random decimal from 0, inclusive, to 1, exclusive"),
                Definition.of("round", Group.MATH)
                        .takes(ValueType.DECIMAL)
                        .gives(ValueType.INTEGER, MathFunctions::round)
                        .takes(ValueType.INTEGER)
                        .gives(ValueType.INTEGER, arguments -> arguments.value(0))
                        .describedAs("The nearest integer; a half is rounded up"));
    }

    private static Value round(Arguments arguments) {
        double number = arguments.decimal(0);
        Numbers.requireInteger(number);
        return new IntegerValue(Math.round(number));
    }
}
