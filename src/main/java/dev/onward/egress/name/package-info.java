/**
 * Host names: which text is one, and how a name becomes addresses. It does not judge where a name leads to.
 */
@NullMarked
package dev.onward.egress.name;

import org.jspecify.annotations.NullMarked;
