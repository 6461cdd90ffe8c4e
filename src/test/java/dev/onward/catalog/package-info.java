/** Tests of the ready-made actions against stubs of their providers. */
@NullMarked
package dev.onward.catalog;

import org.jspecify.annotations.NullMarked;
