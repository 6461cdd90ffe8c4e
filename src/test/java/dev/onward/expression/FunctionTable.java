package dev.onward.expression;

import dev.onward.expression.function.Functions;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Signature;
import dev.onward.value.ValueType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The functions as rows of a Markdown table: {@code list} stands for each list of scalars, {@code scalar} for each scalar. */
public final class FunctionTable {

    private static final Set<ValueType> SCALARS = EnumSet.of(
            ValueType.STRING,
            ValueType.INTEGER,
            ValueType.DECIMAL,
            ValueType.BOOLEAN,
            ValueType.DATE_TIME,
            ValueType.DATE_TIME_ONLY,
            ValueType.DATE_ONLY,
            ValueType.DURATION);

    private static final Set<ValueType> LISTS = Arrays.stream(ValueType.values())
            .filter(type -> type.element().filter(SCALARS::contains).isPresent())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ValueType.class)));

    private FunctionTable() {}

    public static List<String> rows() {
        return Functions.all().stream().map(FunctionTable::row).toList();
    }

    private static String row(Function function) {
        String calls = function.signatures().stream()
                .map(signature -> "`" + function.name() + "(" + parameters(function, signature) + ")`")
                .distinct()
                .collect(Collectors.joining(" "));
        return "| " + calls + " | " + function.description() + " |";
    }

    private static String parameters(Function function, Signature signature) {
        return IntStream.range(0, signature.parameters().size())
                .mapToObj(at -> parameter(function, signature, at))
                .collect(Collectors.joining(", "));
    }

    private static String parameter(Function function, Signature signature, int at) {
        ValueType type = signature.parameters().get(at).type();
        Set<ValueType> beside = function.signatures().stream()
                .filter(each ->
                        each.parameters().size() == signature.parameters().size())
                .map(each -> each.parameters().get(at).type())
                .collect(Collectors.toSet());
        if (LISTS.contains(type) && beside.containsAll(LISTS)) {
            return "list";
        }
        return SCALARS.contains(type) && beside.containsAll(SCALARS) ? "scalar" : type.wireName();
    }
}
