@NullMarked
package dev.onward.dispatch.run;

import org.jspecify.annotations.NullMarked;
