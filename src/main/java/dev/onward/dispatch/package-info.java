/**
 * Durable calls: accepted with 202 once they are stored, and never lost. Accepting, the queue by sandbox and lane, claims
 * under a lease, the retry horizon beyond the window, cancelling. It must not know how a call is made; that is the
 * pipeline's.
 */
@NullMarked
package dev.onward.dispatch;

import org.jspecify.annotations.NullMarked;
