/** Tests of typed values and JSON. */
@NullMarked
package dev.onward.value;

import org.jspecify.annotations.NullMarked;
