@NullMarked
package dev.onward.journey.consent;

import org.jspecify.annotations.NullMarked;
