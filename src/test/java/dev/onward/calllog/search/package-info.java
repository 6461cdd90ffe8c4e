/** Tests of the call log. */
@NullMarked
package dev.onward.calllog.search;

import org.jspecify.annotations.NullMarked;
