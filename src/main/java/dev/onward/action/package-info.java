/**
 * Action definitions: the records, their validation, inference from a sample, the versioned store, the catalogue in
 * memory and the REST resource. It does not run them.
 */
@NullMarked
package dev.onward.action;

import org.jspecify.annotations.NullMarked;
