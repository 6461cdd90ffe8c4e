/** Tests of sealing, keys and masking. */
@NullMarked
package dev.onward.secret;

import org.jspecify.annotations.NullMarked;
