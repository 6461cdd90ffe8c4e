/**
 * Runs durable calls: which are claimed next, how one is run, what comes after a run, how ends are written. It must not
 * know who accepted a call.
 */
@NullMarked
package dev.onward.dispatch.run;

import org.jspecify.annotations.NullMarked;
