/**
 * Regular expressions in linear time, whose every step is charged to the evaluation.
 */
@NullMarked
package dev.onward.expression.pattern;

import org.jspecify.annotations.NullMarked;
