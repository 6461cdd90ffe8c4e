/** Tests of the way of one run. */
@NullMarked
package dev.onward.invocation;

import org.jspecify.annotations.NullMarked;
