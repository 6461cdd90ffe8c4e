/** Tests of signing and of the life of tokens. */
@NullMarked
package dev.onward.call.auth;

import org.jspecify.annotations.NullMarked;
