/** When to try again and how long to wait: decisions as values, without effects. */
@NullMarked
package dev.onward.call.retry;

import org.jspecify.annotations.NullMarked;
