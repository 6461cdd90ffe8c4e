@NullMarked
package dev.onward.sandbox;

import org.jspecify.annotations.NullMarked;
