/**
 * What the operators do with values. It knows nothing of syntax; what types an operator takes is checked before, as far
 * as they are known then.
 */
@NullMarked
package dev.onward.expression.operator;

import org.jspecify.annotations.NullMarked;
