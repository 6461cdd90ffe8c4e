@NullMarked
package dev.onward.dispatch.store;

import org.jspecify.annotations.NullMarked;
