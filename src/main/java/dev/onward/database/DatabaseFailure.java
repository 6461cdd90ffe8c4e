package dev.onward.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.ConnectionException;

/** Tells failures that pass by themselves from those that do not. */
public final class DatabaseFailure {

    /**
     * Connection (08), out of resources such as disk or connections (53), cancelled by a time limit (57014), shutting
     * down or starting (57P0x), a lock that was not free (55P03), input or output (58), a server that became read-only
     * (25006). Source: PostgreSQL documentation, "PostgreSQL Error Codes".
     */
    private static final Pattern UNAVAILABLE = Pattern.compile("(?:08|53|58)...|57014|57P0[1-5]|55P03|25006");

    private DatabaseFailure() {}

    /**
     * Whether the failure, or one that caused it, says that the database cannot do the work now, though it could later.
     *
     * @param failure as thrown by Jdbi, by the pool or by the driver
     */
    public static boolean isUnavailable(Throwable failure) {
        for (Optional<Throwable> next = Optional.of(failure); next.isPresent(); next = next.map(Throwable::getCause)) {
            if (next.get() instanceof ConnectionException
                    || next.get() instanceof SQLException sql && isUnavailable(sql)) {
                return true;
            }
        }
        return false;
    }

    /** The pool's own failures, above all that no connection got free in time, have no SQL state. */
    private static boolean isUnavailable(SQLException failure) {
        String sqlState = failure.getSQLState();
        return sqlState == null || UNAVAILABLE.matcher(sqlState).matches();
    }
}
