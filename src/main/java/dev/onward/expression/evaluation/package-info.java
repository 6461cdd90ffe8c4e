/**
 * One evaluation: the data it sees, the steps it may take, and the interface of everything that has a value.
 */
@NullMarked
package dev.onward.expression.evaluation;

import org.jspecify.annotations.NullMarked;
