/** Builders, fakes and case tables that the tests of several packages share. */
@NullMarked
package dev.onward.testsupport;

import org.jspecify.annotations.NullMarked;
