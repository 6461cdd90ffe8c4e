/** Tests of the spool. */
@NullMarked
package dev.onward.calllog.spool;

import org.jspecify.annotations.NullMarked;
