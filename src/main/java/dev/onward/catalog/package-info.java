/** Ready-made actions: described as data, installed with a few settings. It knows nothing that a user could not send. */
@NullMarked
package dev.onward.catalog;

import org.jspecify.annotations.NullMarked;
