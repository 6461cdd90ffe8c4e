package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.OrderedValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order in which lists are sorted: text by code point, false before true, nulls last either way. */
final class ListOrder {

    private ListOrder() {}

    /**
     * The items in order; equal ones stay as they were.
     *
     * @param by for each item what decides
     * @throws Fault {@code wrong-type} when two have no order
     */
    static Value sort(List<Value> items, List<Value> by, boolean ascending, Arguments arguments) {
        record Entry(Value item, Value by) {}
        long comparisons = (long) items.size() * (Integer.SIZE - Integer.numberOfLeadingZeros(items.size()));
        arguments.evaluation().charge(comparisons);
        List<Entry> entries = new ArrayList<>(items.size());
        for (int at = 0; at < items.size(); at++) {
            entries.add(new Entry(items.get(at), by.get(at)));
        }
        Comparator<Value> upwards = ListOrder::compare;
        Comparator<Value> order = ascending ? upwards : upwards.reversed();
        entries.sort((one, other) -> one.by().isNull() || other.by().isNull()
                ? Boolean.compare(one.by().isNull(), other.by().isNull())
                : order.compare(one.by(), other.by()));
        return new ListValue(entries.stream().map(Entry::item).toList());
    }

    private static int compare(Value one, Value other) {
        if (one instanceof OrderedValue ordered && ordered.isComparableTo(other)) {
            return ordered.compareTo(other);
        }
        if (one instanceof TextValue text && other instanceof TextValue than) {
            return byCodePoint(text.text(), than.text());
        }
        if (one instanceof BooleanValue truth && other instanceof BooleanValue than) {
            return Boolean.compare(truth.isTrue(), than.isTrue());
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                one.type().wireName() + " and " + other.type().wireName() + " have no order to sort by");
    }

    /** UTF-16 units would put what is beyond the basic plane before the last private characters of it. */
    private static int byCodePoint(String one, String other) {
        int at = 0;
        int end = Math.min(one.length(), other.length());
        while (at < end && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        if (at == end) {
            return Integer.compare(one.length(), other.length());
        }
        boolean splitsPair = at > 0 && Character.isHighSurrogate(one.charAt(at - 1));
        int from = splitsPair ? at - 1 : at;
        return Integer.compare(one.codePointAt(from), other.codePointAt(from));
    }
}
