/** Who may do what: API keys, roles, the caller of the current request. */
@NullMarked
package dev.onward.access;

import org.jspecify.annotations.NullMarked;
