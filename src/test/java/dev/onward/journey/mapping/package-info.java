/** Tests of compiled journeys. */
@NullMarked
package dev.onward.journey.mapping;

import org.jspecify.annotations.NullMarked;
