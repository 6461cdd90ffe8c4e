/**
 * What makes the first minutes work on a laptop: a small provider and a ready action. Part of development builds only;
 * no other package knows it.
 */
@NullMarked
package dev.onward.demonstration;

import org.jspecify.annotations.NullMarked;
