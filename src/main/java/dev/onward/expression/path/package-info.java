/**
 * How a path is walked through JSON at evaluation. Missing data is no fault: it is a missing node, and then a null.
 */
@NullMarked
package dev.onward.expression.path;

import org.jspecify.annotations.NullMarked;
