/** Tests of the call log. */
@NullMarked
package dev.onward.calllog.table;

import org.jspecify.annotations.NullMarked;
