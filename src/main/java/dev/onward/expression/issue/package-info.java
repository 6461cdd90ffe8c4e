/**
 * What can be wrong with an expression, and where.
 */
@NullMarked
package dev.onward.expression.issue;

import org.jspecify.annotations.NullMarked;
