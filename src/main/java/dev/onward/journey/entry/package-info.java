/** What brings profiles into journeys: events, which are accepted durably and then looked at, and what they look like. */
@NullMarked
package dev.onward.journey.entry;

import org.jspecify.annotations.NullMarked;
