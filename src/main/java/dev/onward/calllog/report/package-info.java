/** Sums of the log: how many calls went how, and how long they took. It writes nothing. */
@NullMarked
package dev.onward.calllog.report;

import org.jspecify.annotations.NullMarked;
