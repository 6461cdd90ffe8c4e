@NullMarked
package dev.onward.calllog.report;

import org.jspecify.annotations.NullMarked;
