/** Tests of the call log. */
@NullMarked
package dev.onward.calllog;

import org.jspecify.annotations.NullMarked;
