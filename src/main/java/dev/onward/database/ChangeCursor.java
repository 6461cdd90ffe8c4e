package dev.onward.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One reader's place in the table of changes. A lower number may be committed after a higher one, so each look goes back
 * to the oldest transaction that was still open at the look before, and skips what it has seen. Not thread-safe.
 */
final class ChangeCursor {

    private static final String READ = """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
                   written_by >= pg_snapshot_xmin(pg_current_snapshot()) AS comes_again,
                   seq, topic, key
            FROM (VALUES (CAST(? AS xid8))) AS previous (horizon)
            LEFT JOIN onward.change ON written_by >= previous.horizon
            ORDER BY seq
            """;

    private final Connection connection;
    private String horizon;
    private Set<Long> seen = Set.of();

    /** One committed change. */
    record Change(String topic, String key) {}

    /** Begins now: changes that are committed already are not given. */
    ChangeCursor(Connection connection) throws SQLException {
        this.connection = connection;
        try (ResultSet row =
                connection.createStatement().executeQuery("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")) {
            row.next();
            horizon = row.getString(1);
        }
        next();
    }

    /** What was committed since the last look. */
    List<Change> next() throws SQLException {
        List<Change> changes = new ArrayList<>();
        Set<Long> comeAgain = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, horizon);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    horizon = row.getString("horizon");
                    long seq = row.getLong("seq");
                    if (row.wasNull()) {
                        continue;
                    }
                    if (!seen.contains(seq)) {
                        changes.add(new Change(row.getString("topic"), row.getString("key")));
                    }
                    if (row.getBoolean("comes_again")) {
                        comeAgain.add(seq);
                    }
                }
            }
        }
        seen = comeAgain;
        return changes;
    }
}
