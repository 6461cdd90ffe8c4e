/** Tests of the database on real servers: started, killed, started again. */
@NullMarked
package dev.onward.database;

import org.jspecify.annotations.NullMarked;
