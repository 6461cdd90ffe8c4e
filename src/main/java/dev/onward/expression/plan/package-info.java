/**
 * Checks a tree and makes a plan of it: names are resolved, types are checked as far as they are known, constants are
 * computed, functions are chosen. A plan cannot be made of a tree that was not read, nor run before it was checked.
 *
 * <p>Read {@link dev.onward.expression.plan.Planner} first.
 */
@NullMarked
package dev.onward.expression.plan;

import org.jspecify.annotations.NullMarked;
