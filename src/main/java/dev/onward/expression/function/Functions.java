package dev.onward.expression.function;

import dev.onward.expression.signature.Function;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All functions of the language. */
public final class Functions {

    private static final List<Function> ALL = Stream.of(
                    AggregationFunctions.all(),
                    AudienceFunctions.all(),
                    ConversionFunctions.all(),
                    TimeConversionFunctions.all(),
                    DateFunctions.all(),
                    HashFunctions.all(),
                    ListFunctions.all(),
                    MathFunctions.all(),
                    PatternFunctions.all(),
                    SearchFunctions.all(),
                    SetFunctions.all(),
                    TextFunctions.all(),
                    WindowFunctions.all())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Function::group).thenComparing(Function::name))
            .toList();

    private static final Map<String, Function> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Function::name, function -> function));

    private static final List<String> NAMES = ALL.stream().map(Function::name).toList();

    private Functions() {}

    /** The function of a name; case counts. */
    public static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** By group, then by name. */
    public static List<Function> all() {
        return ALL;
    }

    /** The names of all functions. */
    public static List<String> names() {
        return NAMES;
    }
}
