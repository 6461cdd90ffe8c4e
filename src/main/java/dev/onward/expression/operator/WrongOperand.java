package dev.onward.expression.operator;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.Value;

/** The fault of an operator whose operands, as the data gave them, do not fit. */
final class WrongOperand {

    private WrongOperand() {}

    static Fault of(String symbol, Value left, Value right, String allowed) {
        return new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "`" + symbol + "` stands between " + left.type().wireName() + " and "
                        + right.type().wireName() + "; allowed are " + allowed);
    }
}
