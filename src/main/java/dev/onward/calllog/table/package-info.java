/**
 * The call log in PostgreSQL: how a record becomes a row, how rows get into the table, its partitions by day and their
 * end. It knows nothing of HTTP.
 */
@NullMarked
package dev.onward.calllog.table;

import org.jspecify.annotations.NullMarked;
