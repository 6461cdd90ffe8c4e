/** Tests of the house as a whole, and of the packaged application as a process. */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
