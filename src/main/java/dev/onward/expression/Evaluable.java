package dev.onward.expression;

import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.plan.Schema;

/**
 * What a request asks to evaluate or to check.
 *
 * @param source of the expression
 * @param scope the data it sees
 * @param schema what is known of the data
 */
record Evaluable(String source, Scope scope, Schema schema) {}
