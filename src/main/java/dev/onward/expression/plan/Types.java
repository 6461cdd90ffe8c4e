package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.Location;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.Optional;

/** How static types go together. */
final class Types {

    private Types() {}

    static boolean isNumber(ValueType type) {
        return type == ValueType.INTEGER || type == ValueType.DECIMAL;
    }

    /**
     * Whether an expression of one type may stand where another is required: it is of it, becomes it without loss, or
     * shows its type at evaluation only.
     */
    static boolean fits(ValueType actual, ValueType required) {
        return actual == required
                || actual == ValueType.ANY
                || required == ValueType.ANY
                || (actual == ValueType.INTEGER && required == ValueType.DECIMAL)
                || (actual == ValueType.LIST_INTEGER && required == ValueType.LIST_DECIMAL)
                || (actual == ValueType.LIST_ANY && required.isList())
                || (actual.isList() && required == ValueType.LIST_ANY);
    }

    /** Whether every value of the first type is one of the second already. */
    static boolean isSure(ValueType actual, ValueType required) {
        return actual == required || required == ValueType.ANY;
    }

    /** The type of two parts together, of which a constant null is of the other's type. */
    static Optional<ValueType> common(Plan one, Plan other) {
        if (isNull(one)) {
            return Optional.of(other.type());
        }
        return isNull(other) ? Optional.of(one.type()) : common(one.type(), other.type());
    }

    /** The type of the items so far and one more. */
    static Optional<ValueType> common(ValueType one, Plan other) {
        return isNull(other) ? Optional.of(one) : common(one, other.type());
    }

    private static boolean isNull(Plan plan) {
        return plan.isAny() && plan.constant().filter(Value::isNull).isPresent();
    }

    /** The type of what is one or the other; empty when they do not go together. */
    static Optional<ValueType> common(ValueType one, ValueType other) {
        if (one == ValueType.ANY || other == ValueType.ANY) {
            return Optional.of(ValueType.ANY);
        }
        // A list that is empty, or not known yet, is one of the other's type.
        if (one.isList() && other.isList() && (one == ValueType.LIST_ANY || other == ValueType.LIST_ANY)) {
            return Optional.of(one == ValueType.LIST_ANY ? other : one);
        }
        if (fits(one, other)) {
            return Optional.of(other);
        }
        return fits(other, one) ? Optional.of(one) : Optional.empty();
    }

    /**
     * The same plan, whose every value is of the type or null: converted, or refused at evaluation.
     *
     * @param what for a message: "argument 1 of `upper`"
     * @param location of the plan's part
     */
    static Plan require(Plan plan, ValueType type, String what, Location location) {
        if (isSure(plan.type(), type)) {
            return plan;
        }
        Optional<Value> converted = plan.constant().flatMap(value -> Optional.ofNullable(Conversion.to(value, type)));
        Evaluator required = new Located(required(plan.evaluator(), type, what), location);
        return converted.map(value -> Plan.constant(value, type)).orElseGet(() -> Plan.of(type, required));
    }

    private static Evaluator required(Evaluator evaluator, ValueType type, String what) {
        return evaluation -> {
            Value value = evaluator.evaluate(evaluation);
            Value converted = Conversion.to(value, type);
            if (converted == null) {
                throw new Fault(
                        ExpressionIssueCode.WRONG_TYPE,
                        what + " is " + value.type().wireName() + " and cannot be read as " + type.wireName() + ", "
                                + type.meaning());
            }
            return converted;
        };
    }
}
