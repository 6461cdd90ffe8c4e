/**
 * Journeys in compiled form: expressions checked against actions and samples, arguments mapped, steps linked. It runs
 * nothing and stores nothing.
 */
@NullMarked
package dev.onward.journey.mapping;

import org.jspecify.annotations.NullMarked;
