/** Tests of error bodies and of what no door takes. */
@NullMarked
package dev.onward.problem;

import org.jspecify.annotations.NullMarked;
