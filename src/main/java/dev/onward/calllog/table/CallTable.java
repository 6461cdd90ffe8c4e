package dev.onward.calllog.table;

import dev.onward.calllog.spool.RowSink;
import dev.onward.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The table {@code onward.call_record} as the sink of rows. A batch is copied right into it, which is all or nothing. When
 * that does not work, because a row is there already, a day has no partition yet or a profile was erased, it is copied
 * into a temporary table and taken over from there in one transaction. Thread-safe.
 */
public final class CallTable implements RowSink {

    private static final String COLUMNS = String.join(", ", CallRow.COLUMNS);

    private static final String COPY = "COPY %s (" + COLUMNS + ") FROM STDIN";
    private static final String TABLE = "onward.call_record";
    private static final String BATCH = "call_batch";

    private static final String TAKE_OVER = "INSERT INTO onward.call_record (" + COLUMNS + ") SELECT " + COLUMNS
            + " FROM call_batch ON CONFLICT DO NOTHING";

    /** SQLSTATE classes that speak of the rows: data exception, integrity, a limit of the server exceeded. */
    private static final List<String> CONTENT = List.of("22", "23", "54");

    private final Jdbi jdbi;

    public CallTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void store(List<byte[]> rows) {
        if (storeDirectly(rows)) {
            return;
        }
        try {
            jdbi.useTransaction(handle -> takeOver(handle, rows));
        } catch (RowsRefusedException | SinkUnavailableException known) {
            throw known;
        } catch (SQLException | RuntimeException failure) {
            throw told(failure);
        }
    }

    /**
     * Stores rows in the transaction of the handle: with the caller's own changes, or not at all.
     *
     * @throws RowsRefusedException when PostgreSQL does not take a row; the transaction must be rolled back
     * @throws SinkUnavailableException when PostgreSQL cannot do it now; the transaction must be rolled back
     */
    public void storeIn(Handle handle, List<byte[]> rows) {
        try {
            if (ErasedProfiles.exist(handle) || !copiedDirectly(handle, rows)) {
                takeOver(handle, rows);
            }
        } catch (RowsRefusedException | SinkUnavailableException known) {
            throw known;
        } catch (SQLException | RuntimeException failure) {
            throw told(failure);
        }
    }

    private static boolean copiedDirectly(Handle handle, List<byte[]> rows) throws SQLException {
        handle.savepoint(BATCH);
        try {
            copy(handle, TABLE, rows);
            handle.releaseSavepoint(BATCH);
            return true;
        } catch (SQLException failure) {
            if (told(failure) instanceof RowsRefusedException) {
                handle.rollbackToSavepoint(BATCH);
                return false;
            }
            throw failure;
        }
    }

    private static void takeOver(Handle handle, List<byte[]> rows) throws SQLException {
        handle.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS call_batch (LIKE onward.call_record)" + " ON COMMIT DELETE ROWS");
        copy(handle, BATCH, rows);
        Partitions.make(handle, days(handle));
        ErasedProfiles.applyToBatch(handle);
        handle.execute(TAKE_OVER);
    }

    /** Erases a profile from every stored row and from those that began before now and are stored later. */
    public void erase(Sandbox sandbox, String profileId) {
        jdbi.useTransaction(handle -> ErasedProfiles.erase(handle, sandbox, profileId));
    }

    /** False when nothing was stored and the longer way will tell why, or find a way. */
    private boolean storeDirectly(List<byte[]> rows) {
        try {
            return jdbi.inTransaction(handle -> {
                if (ErasedProfiles.exist(handle)) {
                    return false;
                }
                copy(handle, TABLE, rows);
                return true;
            });
        } catch (SQLException | RuntimeException failure) {
            RuntimeException told = told(failure);
            if (told instanceof RowsRefusedException) {
                return false;
            }
            throw told;
        }
    }

    private static void copy(Handle handle, String table, List<byte[]> rows) throws SQLException {
        Connection connection = handle.getConnection();
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY.formatted(table));
        try {
            for (byte[] row : rows) {
                copy.writeToCopy(row, 0, row.length);
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static List<LocalDate> days(Handle handle) {
        List<LocalDate> days = handle.createQuery("SELECT DISTINCT (at AT TIME ZONE 'UTC')::date FROM call_batch")
                .mapTo(LocalDate.class)
                .list();
        for (LocalDate day : days) {
            if (!Partitions.isPossible(day)) {
                throw new RowsRefusedException("the time of the call is out of range", new IllegalStateException());
            }
        }
        return days;
    }

    private static RuntimeException told(Exception failure) {
        Optional<SQLException> cause = sqlCause(failure);
        boolean ofContent = cause.map(SQLException::getSQLState)
                .filter(state -> CONTENT.stream().anyMatch(state::startsWith))
                .isPresent();
        return ofContent
                ? new RowsRefusedException(String.valueOf(cause.get().getMessage()), failure)
                : new SinkUnavailableException("PostgreSQL did not take a batch of call records", failure);
    }

    private static Optional<SQLException> sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
