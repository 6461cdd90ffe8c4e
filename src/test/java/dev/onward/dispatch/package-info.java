@NullMarked
package dev.onward.dispatch;

import org.jspecify.annotations.NullMarked;
