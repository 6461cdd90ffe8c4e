/** Tests of keys and roles. */
@NullMarked
package dev.onward.access;

import org.jspecify.annotations.NullMarked;
