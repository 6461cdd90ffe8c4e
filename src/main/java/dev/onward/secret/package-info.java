/**
 * Secret values: sealed at rest by envelope encryption under keys that never enter the database, opened only to be used,
 * masked by value wherever they would show. It knows nothing of what a secret is for.
 */
@NullMarked
package dev.onward.secret;

import org.jspecify.annotations.NullMarked;
