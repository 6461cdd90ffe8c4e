package dev.onward.expression.function;

import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.TextValue;
import dev.onward.value.ValueType;
import java.util.List;

/** Texts and regular expressions. */
final class PatternFunctions {

    private PatternFunctions() {}

    static List<Function> all() {
        return List.of(
                Definition.of("matchRegExp", Group.STRING)
                        .takes(ValueType.STRING)
                        .and(ValueType.STRING, Parameter.Kind.PATTERN)
                        .gives(
                                ValueType.BOOLEAN,
                                arguments -> BooleanValue.of(
                                        arguments.pattern(1).matches(arguments.text(0), arguments.evaluation())))
                        .describedAs("Whether the whole text matches the regular expression"),
                replacing("replace")
                        .gives(
                                ValueType.STRING,
                                arguments -> new TextValue(arguments
                                        .pattern(1)
                                        .replaceFirst(arguments.text(0), arguments.text(2), arguments.evaluation())))
                        .describedAs("The text with the first match of the regular expression replaced; $1 is a group"),
                replacing("replaceAll")
                        .gives(
                                ValueType.STRING,
                                arguments -> new TextValue(arguments
                                        .pattern(1)
                                        .replaceAll(arguments.text(0), arguments.text(2), arguments.evaluation())))
                        .describedAs("The text with every match of the regular expression replaced; $1 is a group"),
                Definition.of("split", Group.STRING)
                        .takes(ValueType.STRING)
                        .and(ValueType.STRING, Parameter.Kind.PATTERN)
                        .gives(
                                ValueType.LIST_STRING,
                                arguments -> new ListValue(
                                        arguments.pattern(1).split(arguments.text(0), arguments.evaluation())))
                        .describedAs(
                                "The parts between the matches of the regular expression, without empty ones at the end"));
    }

    private static Definition replacing(String name) {
        return Definition.of(name, Group.STRING)
                .takes(ValueType.STRING)
                .and(ValueType.STRING, Parameter.Kind.PATTERN)
                .and(ValueType.STRING, Parameter.Kind.PLAIN);
    }
}
