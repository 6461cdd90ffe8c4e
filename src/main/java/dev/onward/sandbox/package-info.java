/** The name of the isolated world that a request or a job works in. It knows nothing else. */
@NullMarked
package dev.onward.sandbox;

import org.jspecify.annotations.NullMarked;
