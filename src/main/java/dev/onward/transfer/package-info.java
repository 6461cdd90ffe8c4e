/** Export and import: a journey with all that it needs as one document, so that definitions can live in git. */
@NullMarked
package dev.onward.transfer;

import org.jspecify.annotations.NullMarked;
