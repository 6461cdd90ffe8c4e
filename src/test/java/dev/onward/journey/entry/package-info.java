@NullMarked
package dev.onward.journey.entry;

import org.jspecify.annotations.NullMarked;
