/**
 * The one PostgreSQL that Onward stores in: a server by URL, or an embedded one that lives in the data directory and
 * starts and stops with the process. Gives the pool, the migrated schema {@code onward}, and the feed through which one
 * process tells the others that something changed. It knows no table of any feature.
 *
 * <p>Order: {@link dev.onward.database.Database} is ready once it is injected, so whoever takes it in the constructor may
 * use it there. It closes last of all, see {@link dev.onward.database.Database#CLOSES_LAST}.
 */
@NullMarked
package dev.onward.database;

import org.jspecify.annotations.NullMarked;
