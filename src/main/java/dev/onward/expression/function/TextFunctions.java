package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Texts: joining, cutting, case. Positions count UTF-16 units from 0. */
final class TextFunctions {

    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = ~0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                concat(),
                emptiness("isEmpty", true).describedAs("Whether the text has no characters; false of a null"),
                emptiness("isNotEmpty", false).describedAs("Whether the text has characters; false of a null"),
                Definition.of("length", Group.STRING)
                        .takes(ValueType.STRING)
                        .gives(
                                ValueType.INTEGER,
                                arguments -> new IntegerValue(arguments.text(0).length()))
                        .describedAs("How many characters the text has"),
                changed("lower", LetterCase::lower).describedAs("The text in lower case"),
                changed("upper", LetterCase::upper).describedAs("The text in upper case"),
                changed("trim", String::strip).describedAs("The text without white space at its ends"),
                substr(),
                Definition.of("uuid", Group.STRING)
                        .impure()
                        .takes()
                        .gives(
                                ValueType.STRING,
                                arguments -> uuid(arguments.evaluation().random()))
                        .describedAs("A random UUID, another one at each call"));
    }

    private static Function concat() {
        return Definition.of("concat", Group.STRING)
                .takes(ValueType.STRING, ValueType.STRING)
                .gives(ValueType.STRING, arguments -> join(arguments.values(), arguments))
                .takes(ValueType.LIST_STRING)
                .gives(ValueType.STRING, arguments -> join(arguments.items(0), arguments))
                .describedAs("Two texts, or all texts of a list without its nulls, behind each other");
    }

    private static Function substr() {
        return Definition.of("substr", Group.STRING)
                .takes(ValueType.STRING, ValueType.INTEGER)
                .gives(ValueType.STRING, arguments -> cut(arguments, Long.MAX_VALUE))
                .takes(ValueType.STRING, ValueType.INTEGER, ValueType.INTEGER)
                .gives(ValueType.STRING, arguments -> cut(arguments, arguments.integer(2)))
                .describedAs(
                        "The text from one position up to another, or to its end; what is beyond its end is empty");
    }

    private static Definition emptiness(String name, boolean empty) {
        return Definition.of(name, Group.STRING)
                .takingNull()
                .takes(ValueType.STRING)
                .gives(
                        ValueType.BOOLEAN,
                        arguments -> BooleanValue.of(
                                !arguments.isNull(0) && arguments.text(0).isEmpty() == empty));
    }

    private static Definition changed(String name, UnaryOperator<String> change) {
        return Definition.of(name, Group.STRING).takes(ValueType.STRING).gives(ValueType.STRING, arguments -> {
            String text = arguments.text(0);
            arguments.evaluation().chargeText(text.length());
            String changed = change.apply(text);
            arguments.evaluation().requireTextFits(changed.length());
            return new TextValue(changed);
        });
    }

    private static Value join(List<Value> texts, Arguments arguments) {
        long length = 0;
        for (Value text : texts) {
            length += text.isNull() ? 0 : text.text().length();
        }
        arguments.evaluation().reserveText(length);
        StringBuilder joined = new StringBuilder((int) length);
        texts.forEach(text -> joined.append(text.isNull() ? "" : text.text()));
        return new TextValue(joined.toString());
    }

    private static Value cut(Arguments arguments, long until) {
        String text = arguments.text(0);
        long begin = arguments.integer(1);
        if (begin < 0 || until < begin) {
            throw new Fault(
                    ExpressionIssueCode.INDEX_OUT_OF_RANGE,
                    "a position is negative, or the second is before the first");
        }
        arguments.evaluation().chargeText(text.length());
        int from = (int) Math.min(begin, text.length());
        int to = (int) Math.min(until, text.length());
        return new TextValue(text.substring(from, to));
    }

    /** RFC 9562, version 4. */
    private static Value uuid(RandomGenerator random) {
        long high = random.nextLong() & VERSION_MASK | VERSION_4;
        long low = random.nextLong() & VARIANT_MASK | VARIANT;
        return new TextValue(new UUID(high, low).toString());
    }
}
