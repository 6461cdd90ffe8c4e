/** What the whole application shares and no feature owns: the clock. Everything else is in the features' packages. */
@NullMarked
package dev.onward;

import org.jspecify.annotations.NullMarked;
