/**
 * The values of the expression language and their text forms. It knows nothing of expressions.
 */
@NullMarked
package dev.onward.expression.value;

import org.jspecify.annotations.NullMarked;
