/** Tests of export and import. */
@NullMarked
package dev.onward.transfer;

import org.jspecify.annotations.NullMarked;
