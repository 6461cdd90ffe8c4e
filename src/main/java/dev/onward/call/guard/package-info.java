/**
 * What protects a provider from us and our calls from a sick provider, host by host: circuit breaker, retry budget,
 * pauses, places. Decisions as values over given time; it sends nothing and knows no transport.
 */
@NullMarked
package dev.onward.call.guard;

import org.jspecify.annotations.NullMarked;
