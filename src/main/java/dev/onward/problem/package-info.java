/**
 * The one table from the features' exceptions to {@code application/problem+json} (RFC 9457). Nothing depends on it.
 */
@NullMarked
package dev.onward.problem;

import org.jspecify.annotations.NullMarked;
