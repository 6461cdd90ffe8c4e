/** Tests of the egress rules, most of them by tables of cases in {@code src/test/resources/egress}. */
@NullMarked
package dev.onward.egress;

import org.jspecify.annotations.NullMarked;
