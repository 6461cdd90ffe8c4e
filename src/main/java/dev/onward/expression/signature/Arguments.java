package dev.onward.expression.signature;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.pattern.RegularExpression;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.DateOnlyValue;
import dev.onward.expression.value.DateTimeOnlyValue;
import dev.onward.expression.value.DateTimeValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of one call. They fit the signature: whoever reads one as another type has a bug.
 *
 * @param values never changed; a null only where the signature takes it
 * @param prepared beside every value what was made of a constant one: a zone, a unit, a compiled pattern, a type
 * @param evaluation during which the call happens
 */
public record Arguments(List<Value> values, List<Optional<Object>> prepared, Evaluation evaluation) {

    public Value value(int index) {
        return values.get(index);
    }

    public boolean isNull(int index) {
        return values.get(index).isNull();
    }

    public String text(int index) {
        return ((TextValue) values.get(index)).text();
    }

    public long integer(int index) {
        return ((IntegerValue) values.get(index)).number();
    }

    public double decimal(int index) {
        return ((NumberValue) values.get(index)).asDouble();
    }

    public boolean truth(int index) {
        return ((BooleanValue) values.get(index)).isTrue();
    }

    public OffsetDateTime dateTime(int index) {
        return ((DateTimeValue) values.get(index)).time();
    }

    public LocalDateTime dateTimeOnly(int index) {
        return ((DateTimeOnlyValue) values.get(index)).time();
    }

    public LocalDate day(int index) {
        return ((DateOnlyValue) values.get(index)).day();
    }

    /** The items of a list; none of a null. Takes a step for each. */
    public List<Value> items(int index) {
        if (values.get(index).isNull()) {
            return List.of();
        }
        List<Value> items = ((ListValue) values.get(index)).items();
        evaluation.charge(items.size());
        return items;
    }

    public ZoneId zone(int index) {
        return (ZoneId) prepared.get(index).orElseThrow();
    }

    public TimeUnit unit(int index) {
        return (TimeUnit) prepared.get(index).orElseThrow();
    }

    /** The declared type of the attribute that the argument names; {@code any} when it is not known. */
    public ValueType attributeType(int index) {
        return prepared.get(index).map(ValueType.class::cast).orElse(ValueType.ANY);
    }

    /** Compiled now unless it was a constant. */
    public RegularExpression pattern(int index) {
        return prepared.get(index)
                .map(RegularExpression.class::cast)
                .orElseGet(() -> RegularExpression.compile(text(index), evaluation));
    }
}
