package dev.onward.expression.plan;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Operator;
import dev.onward.expression.value.NumberValue;
import dev.onward.value.ValueType;
import java.util.Set;

/** Which types stand on the two sides of an operator, and what comes out of it. */
final class OperandCheck {

    private static final Set<ValueType> MOVABLE =
            Set.of(ValueType.DATE_TIME, ValueType.DATE_TIME_ONLY, ValueType.DURATION);

    private static final Set<ValueType> COMPARABLE = Set.of(ValueType.DATE_TIME, ValueType.DATE_TIME_ONLY);

    private final IssueList issues;

    OperandCheck(IssueList issues) {
        this.issues = issues;
    }

    /** The type of the result, after every fault was told. */
    ValueType result(Plan left, Plan right, Node.Link link) {
        return switch (link.operator().level()) {
            case COMPARISON -> comparison(left, right, link);
            case MULTIPLICATIVE -> multiplication(left, right, link);
            default -> link.operator() == Operator.ADD ? addition(left, right, link) : numbers(left, right, link);
        };
    }

    private ValueType comparison(Plan left, Plan right, Node.Link link) {
        boolean isEquality = link.operator() == Operator.EQUAL || link.operator() == Operator.NOT_EQUAL;
        if (isEquality && !mayBeEqual(left, right)) {
            issues.warning(
                    ExpressionIssueCode.NEVER_EQUAL,
                    link.location(),
                    types(left, right) + " are never equal; convert one of them");
        }
        if (!isEquality && !isComparable(left, right)) {
            issues.error(
                    ExpressionIssueCode.NOT_COMPARABLE,
                    link.location(),
                    types(left, right) + " have no order; `" + link.operator().symbol()
                            + "` compares two numbers, two dateTimes or two dateTimesOnly");
        }
        return ValueType.BOOLEAN;
    }

    private static boolean mayBeEqual(Plan left, Plan right) {
        return left.isAny()
                || right.isAny()
                || left.type() == right.type()
                || (left.isNumber() && right.isNumber())
                || (left.type().isList() && right.type().isList());
    }

    private static boolean isComparable(Plan left, Plan right) {
        boolean oneIsAny = left.isAny() && isOrdered(right) || right.isAny() && isOrdered(left);
        boolean areSame = left.type() == right.type() && COMPARABLE.contains(left.type());
        return oneIsAny || areSame || (left.isNumber() && right.isNumber());
    }

    private static boolean isOrdered(Plan plan) {
        return plan.isAny() || plan.isNumber() || COMPARABLE.contains(plan.type());
    }

    private ValueType multiplication(Plan left, Plan right, Node.Link link) {
        boolean areNumbers = left.isNumber() && right.isNumber();
        if (link.operator() == Operator.MULTIPLY && areNumbers && left.type() != right.type()) {
            issues.error(
                    ExpressionIssueCode.MIXED_NUMBERS,
                    link.location(),
                    types(left, right) + " are not multiplied; convert one of them with toDecimal or toInteger");
        }
        boolean isDivision = link.operator() == Operator.DIVIDE || link.operator() == Operator.REMAINDER;
        if (isDivision && isZero(right)) {
            issues.warning(
                    ExpressionIssueCode.DIVISION_BY_ZERO,
                    link.operand().location(),
                    "a division by zero is defined as 0 here; this is always 0");
        }
        return numbers(left, right, link);
    }

    private static boolean isZero(Plan plan) {
        return plan.constant()
                .filter(value -> value instanceof NumberValue number && number.asDouble() == 0)
                .isPresent();
    }

    private ValueType addition(Plan left, Plan right, Node.Link link) {
        if (left.type() == ValueType.STRING || right.type() == ValueType.STRING) {
            return ValueType.STRING;
        }
        if (MOVABLE.contains(left.type()) && right.type() == ValueType.DURATION) {
            return left.type();
        }
        boolean isOpen = left.isAny() && right.isAny()
                || left.isAny() && (right.isNumber() || right.type() == ValueType.DURATION)
                || right.isAny() && (left.isNumber() || MOVABLE.contains(left.type()));
        if (isOpen) {
            return ValueType.ANY;
        }
        // Beside anything else, what is not known yet can only be text.
        if (left.isAny() || right.isAny()) {
            return ValueType.STRING;
        }
        return numbers(left, right, link);
    }

    private ValueType numbers(Plan left, Plan right, Node.Link link) {
        if (!(left.isAny() || left.isNumber()) || !(right.isAny() || right.isNumber())) {
            issues.error(
                    ExpressionIssueCode.WRONG_TYPE,
                    link.location(),
                    "`" + link.operator().symbol() + "` stands between " + types(left, right) + "; allowed are "
                            + allowed(link.operator()));
            return ValueType.ANY;
        }
        if (left.type() == ValueType.DECIMAL || right.type() == ValueType.DECIMAL) {
            return ValueType.DECIMAL;
        }
        return left.isAny() || right.isAny() ? ValueType.ANY : ValueType.INTEGER;
    }

    private static String allowed(Operator operator) {
        return operator == Operator.ADD
                ? "two numbers, a string with anything, and a dateTime, dateTimeOnly or duration with a duration behind it"
                : "two numbers";
    }

    private static String types(Plan left, Plan right) {
        return left.type().wireName() + " and " + right.type().wireName();
    }
}
