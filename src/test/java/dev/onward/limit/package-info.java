/** Tests of capping and throttling. */
@NullMarked
package dev.onward.limit;

import org.jspecify.annotations.NullMarked;
