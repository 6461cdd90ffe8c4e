package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;

/** One text in another. Where case is ignored, both are read in lower case, whatever the locale. */
final class SearchFunctions {

    /** The search tries every position: a step pays for so many comparisons of characters. */
    private static final long COMPARISONS_PER_STEP = 256;

    private SearchFunctions() {}

    static List<Function> all() {
        return List.of(
                asking("contain", false, String::contains).describedAs("Whether the second text is in the first"),
                asking("containIgnoreCase", true, String::contains)
                        .describedAs("Whether the second text is in the first, case ignored"),
                asking("startWith", false, String::startsWith)
                        .describedAs("Whether the first text begins with the second"),
                asking("startWithIgnoreCase", true, String::startsWith)
                        .describedAs("Whether the first text begins with the second, case ignored"),
                asking("endWith", false, String::endsWith).describedAs("Whether the first text ends with the second"),
                asking("endWithIgnoreCase", true, String::endsWith)
                        .describedAs("Whether the first text ends with the second, case ignored"),
                asking("equalIgnoreCase", true, String::equals)
                        .describedAs("Whether the texts are equal, case ignored"),
                asking("notEqualIgnoreCase", true, (one, other) -> !one.equals(other))
                        .describedAs("Whether the texts differ, case ignored"),
                position("indexOf", String::indexOf)
                        .describedAs("Where the second text first begins in the first, from 0; -1 when it does not"),
                position("lastIndexOf", String::lastIndexOf)
                        .describedAs("Where the second text last begins in the first, from 0; -1 when it does not"));
    }

    private static Definition asking(String name, boolean ignoresCase, BiPredicate<String, String> question) {
        return Definition.of(name, Group.STRING)
                .takes(ValueType.STRING, ValueType.STRING)
                .gives(ValueType.BOOLEAN, arguments -> {
                    charge(arguments);
                    return BooleanValue.of(question.test(
                            folded(arguments.text(0), ignoresCase), folded(arguments.text(1), ignoresCase)));
                });
    }

    private static Definition position(String name, ToIntBiFunction<String, String> search) {
        return Definition.of(name, Group.STRING)
                .takes(ValueType.STRING, ValueType.STRING)
                .gives(ValueType.INTEGER, arguments -> {
                    charge(arguments);
                    return new IntegerValue(search.applyAsInt(arguments.text(0), arguments.text(1)));
                });
    }

    private static void charge(Arguments arguments) {
        long length = arguments.text(0).length();
        long searched = arguments.text(1).length();
        arguments.evaluation().chargeText(length + searched);
        arguments.evaluation().charge(length * Math.min(length, searched) / COMPARISONS_PER_STEP);
    }

    /** Upper case first: some letters have one upper and several lower forms. */
    private static String folded(String text, boolean ignoresCase) {
        return ignoresCase ? LetterCase.lower(LetterCase.upper(text)) : text;
    }
}
