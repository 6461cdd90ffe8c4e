/** Who may do what. */
@NullMarked
package dev.onward.access;

import org.jspecify.annotations.NullMarked;
