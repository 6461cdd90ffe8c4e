@NullMarked
package dev.onward.journey.instance;

import org.jspecify.annotations.NullMarked;
