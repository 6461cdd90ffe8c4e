/**
 * Runs an action for many profiles over one request: lines of JSON in, lines of JSON out, both at once. It must not know
 * how a call is made; that is the pipeline's.
 */
@NullMarked
package dev.onward.invocation.batch;

import org.jspecify.annotations.NullMarked;
