/** Tests of the look-up of names. */
@NullMarked
package dev.onward.egress.name;

import org.jspecify.annotations.NullMarked;
