/**
 * How often providers may be called: capping, which refuses, and throttling, which makes calls wait. Their configurations
 * with their life cycle, exact windows, and the admission that asks them. It does not know what a call is for.
 */
@NullMarked
package dev.onward.limit;

import org.jspecify.annotations.NullMarked;
