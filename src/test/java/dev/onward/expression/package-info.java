/** Tests of the expression language; most are rows of the tables in {@code src/test/resources/expression}. */
@NullMarked
package dev.onward.expression;

import org.jspecify.annotations.NullMarked;
