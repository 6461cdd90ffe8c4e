/** Tests of definitions and their store. */
@NullMarked
package dev.onward.action;

import org.jspecify.annotations.NullMarked;
