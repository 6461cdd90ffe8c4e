/** Tests of addresses, blocks and ranges. */
@NullMarked
package dev.onward.egress.address;

import org.jspecify.annotations.NullMarked;
