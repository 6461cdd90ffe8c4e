/** A program that kills processes at random and counts what was lost: {@link dev.onward.crash.DurableCrash}. */
@NullMarked
package dev.onward.crash;

import org.jspecify.annotations.NullMarked;
