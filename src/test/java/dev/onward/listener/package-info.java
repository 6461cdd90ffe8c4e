/** Tests of what the listener takes from its clients. */
@NullMarked
package dev.onward.listener;

import org.jspecify.annotations.NullMarked;
