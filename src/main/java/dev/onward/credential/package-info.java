/**
 * What an action proves itself with: the documents that describe it, the secrets in them, named credentials with their
 * store and REST resource. It does not sign requests.
 */
@NullMarked
package dev.onward.credential;

import org.jspecify.annotations.NullMarked;
