/** What tests of more than one package use: a database of their own. */
@NullMarked
package dev.onward.testsupport;

import org.jspecify.annotations.NullMarked;
