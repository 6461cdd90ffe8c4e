/**
 * The append-only log of calls: takes every invocation's record without waiting, keeps it in a spool until PostgreSQL
 * has it, shows it, forgets it. It knows nothing of how calls are made.
 */
@NullMarked
package dev.onward.calllog;

import org.jspecify.annotations.NullMarked;
