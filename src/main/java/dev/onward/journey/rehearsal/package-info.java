/** Test mode: walks one made-up profile through a journey at once, with real calls or with none, and shows everything. */
@NullMarked
package dev.onward.journey.rehearsal;

import org.jspecify.annotations.NullMarked;
