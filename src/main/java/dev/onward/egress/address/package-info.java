/**
 * IP addresses as numbers: reading and writing their text, blocks of them, and which blocks are not public. It knows
 * nothing of names and looks none up.
 */
@NullMarked
package dev.onward.egress.address;

import org.jspecify.annotations.NullMarked;
