package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.DateTimeValue;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** From one scalar type to another. Text that is none of the type gives null. */
final class ConversionFunctions {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,400}(\\.\\d{1,400})?");

    private ConversionFunctions() {}

    static List<Function> all() {
        return List.of(toBool(), toDecimal(), toInteger(), toText());
    }

    private static Function toBool() {
        return Definition.of("toBool", Group.CONVERSION)
                .takes(ValueType.BOOLEAN)
                .gives(ValueType.BOOLEAN, arguments -> arguments.value(0))
                .takes(ValueType.INTEGER)
                .gives(ValueType.BOOLEAN, arguments -> BooleanValue.of(arguments.integer(0) != 0))
                .takes(ValueType.DECIMAL)
                .gives(ValueType.BOOLEAN, arguments -> BooleanValue.of(arguments.decimal(0) != 0))
                .takes(ValueType.STRING)
                .gives(
                        ValueType.BOOLEAN,
                        arguments -> BooleanValue.of(arguments.text(0).equals("true")))
                .describedAs("True for the text \"true\" and for numbers other than 0");
    }

    private static Function toDecimal() {
        return Definition.of("toDecimal", Group.CONVERSION)
                .takes(ValueType.DECIMAL)
                .gives(ValueType.DECIMAL, arguments -> arguments.value(0))
                .takes(ValueType.INTEGER)
                .gives(ValueType.DECIMAL, arguments -> new DecimalValue(arguments.integer(0)))
                .takes(ValueType.BOOLEAN)
                .gives(ValueType.DECIMAL, arguments -> new DecimalValue(arguments.truth(0) ? 1 : 0))
                .takes(ValueType.DATE_TIME)
                .gives(ValueType.DECIMAL, arguments -> new DecimalValue(millis(arguments)))
                .takes(ValueType.STRING)
                .gives(ValueType.DECIMAL, arguments -> decimal(arguments.text(0)))
                .describedAs("The number as a decimal; text must be digits with an optional fraction, else null");
    }

    private static Function toInteger() {
        return Definition.of("toInteger", Group.CONVERSION)
                .takes(ValueType.INTEGER)
                .gives(ValueType.INTEGER, arguments -> arguments.value(0))
                .takes(ValueType.DECIMAL)
                .gives(ValueType.INTEGER, arguments -> new IntegerValue(Numbers.toInteger(arguments.decimal(0))))
                .takes(ValueType.BOOLEAN)
                .gives(ValueType.INTEGER, arguments -> new IntegerValue(arguments.truth(0) ? 1 : 0))
                .takes(ValueType.DATE_TIME)
                .gives(ValueType.INTEGER, arguments -> new IntegerValue(millis(arguments)))
                .takes(ValueType.STRING)
                .gives(ValueType.INTEGER, arguments -> integer(arguments.text(0)))
                .describedAs("The number without its fraction, a dateTime as epoch milliseconds; text must be digits,"
                        + " else null");
    }

    private static Function toText() {
        Definition definition = Definition.of("toString", Group.CONVERSION);
        for (ValueType type : List.of(
                ValueType.STRING,
                ValueType.BOOLEAN,
                ValueType.INTEGER,
                ValueType.DECIMAL,
                ValueType.DATE_TIME,
                ValueType.DATE_TIME_ONLY,
                ValueType.DATE_ONLY,
                ValueType.DURATION)) {
            definition
                    .takes(type)
                    .gives(
                            ValueType.STRING,
                            arguments -> new TextValue(arguments.value(0).text()));
        }
        return definition.describedAs("The value as text; dates, times and durations in ISO-8601");
    }

    private static long millis(Arguments arguments) {
        return ((DateTimeValue) arguments.value(0)).time().toInstant().toEpochMilli();
    }

    private static Value integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return NullValue.NULL;
        }
        try {
            return new IntegerValue(Long.parseLong(text));
        } catch (NumberFormatException beyond) {
            return NullValue.NULL;
        }
    }

    private static Value decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return NullValue.NULL;
        }
        double number = new BigDecimal(text).doubleValue();
        return Double.isFinite(number) ? new DecimalValue(number) : NullValue.NULL;
    }
}
