/** What Onward's own listener takes from its clients: how much, how often, how slowly. */
@NullMarked
package dev.onward.listener;

import org.jspecify.annotations.NullMarked;
