/**
 * The built-in functions: one class per group, each function with its signatures and its description as data. It knows
 * nothing of syntax.
 *
 * <p>Read {@link dev.onward.expression.function.Functions} for which there are.
 */
@NullMarked
package dev.onward.expression.function;

import org.jspecify.annotations.NullMarked;
