/**
 * Keeps rows in files of this process until they are stored elsewhere: a bounded, append-only spool, written by one
 * thread and drained by another. It knows rows only as bytes, and nothing of calls, of PostgreSQL or of HTTP.
 */
@NullMarked
package dev.onward.calllog.spool;

import org.jspecify.annotations.NullMarked;
