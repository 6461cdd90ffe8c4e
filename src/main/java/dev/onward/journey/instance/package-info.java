/**
 * Profiles on their way through journeys: a pure walk from stop to stop, its place in the database, and what moves it on.
 * It knows neither events nor audiences.
 */
@NullMarked
package dev.onward.journey.instance;

import org.jspecify.annotations.NullMarked;
