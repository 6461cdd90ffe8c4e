/** Tests of journeys. */
@NullMarked
package dev.onward.journey;

import org.jspecify.annotations.NullMarked;
