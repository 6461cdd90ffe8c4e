/**
 * Typed values: the types a parameter may have, their check, the one strict JSON reader of the house, the one JSON
 * writer, and the issues that reading collects. It knows nothing of HTTP, of actions or of storage.
 */
@NullMarked
package dev.onward.value;

import org.jspecify.annotations.NullMarked;
