/**
 * The expression language of journeys: source, tree, plan, value. It knows nothing of HTTP calls, of journeys or of
 * documents to send.
 */
@NullMarked
package dev.onward.expression;

import org.jspecify.annotations.NullMarked;
