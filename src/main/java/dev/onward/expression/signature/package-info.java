/**
 * What a function is: its name, its signatures as data, and what it does with arguments that fit one. It knows no
 * function.
 */
@NullMarked
package dev.onward.expression.signature;

import org.jspecify.annotations.NullMarked;
