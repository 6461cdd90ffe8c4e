package dev.onward.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A statement for many rows at once: each parameter is an array with one element per row. Not thread-safe. */
public final class ArrayStatement<T> implements AutoCloseable {

    private final Handle handle;
    private final PreparedStatement statement;
    private final List<T> rows;
    private int parameters;

    /**
     * A statement of these rows.
     *
     * @param rows of which each is one element of every array
     */
    public ArrayStatement(Handle handle, String sql, List<T> rows) throws SQLException {
        this.handle = handle;
        this.statement = handle.getConnection().prepareStatement(sql);
        this.rows = rows;
    }

    /** Reads one row of a result. */
    public interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /**
     * Sets the next parameter to an array.
     *
     * @param type of PostgreSQL, for one element
     */
    public ArrayStatement<T> column(String type, Function<T, @Nullable Object> value) throws SQLException {
        Object[] elements = new Object[rows.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = value.apply(rows.get(i));
        }
        statement.setArray(++parameters, handle.getConnection().createArrayOf(type, elements));
        return this;
    }

    /** A parameter that is no array. */
    public ArrayStatement<T> value(Object value) throws SQLException {
        statement.setObject(++parameters, value);
        return this;
    }

    /** Runs it for what it changes. */
    public void execute() throws SQLException {
        statement.executeUpdate();
    }

    /** Runs it for its rows. */
    public <R> List<R> query(RowReader<R> reader) throws SQLException {
        List<R> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(reader.read(result));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
