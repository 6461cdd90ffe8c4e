/**
 * The syntax tree of an expression, as it was written: no name is resolved and no type is known yet.
 */
@NullMarked
package dev.onward.expression.tree;

import org.jspecify.annotations.NullMarked;
