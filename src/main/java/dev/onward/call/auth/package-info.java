/**
 * How a request proves who sends it: fixed values, tokens that are fetched and kept, signatures. Tokens live in memory
 * alone. It knows nothing of documents or of where secrets are stored.
 */
@NullMarked
package dev.onward.call.auth;

import org.jspecify.annotations.NullMarked;
