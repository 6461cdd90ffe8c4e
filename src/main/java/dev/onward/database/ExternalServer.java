package dev.onward.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The first contact with a server that somebody else runs: tells at the start what would fail later. */
final class ExternalServer {

    private static final int OLDEST_MAJOR = 15;

    private ExternalServer() {}

    /**
     * Connects once.
     *
     * @throws DatabaseException when it cannot be reached, does not let us in, or is too old
     */
    static void check(ServerLocation location) {
        try (Connection connection = Connections.open(location)) {
            refuseOlder(connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw new DatabaseException(
                    reason(Optional.ofNullable(e.getSQLState()).orElse(""), e));
        }
    }

    static void refuseOlder(int major) {
        if (major < OLDEST_MAJOR) {
            throw new DatabaseException("the server of onward.database.url is PostgreSQL %d; Onward needs %d or newer"
                    .formatted(major, OLDEST_MAJOR));
        }
    }

    private static String reason(String sqlState, SQLException e) {
        return switch (sqlState) {
            case "28P01", "28000" ->
                "the server of onward.database.url does not let this user in; check onward.database.username and onward.database.password (%s)"
                        .formatted(e.getMessage());
            case "3D000" ->
                "the server of onward.database.url does not have that database; create it first (%s)"
                        .formatted(e.getMessage());
            default ->
                "the server of onward.database.url cannot be used; is it running and does it listen there? (%s)"
                        .formatted(e.getMessage());
        };
    }
}
