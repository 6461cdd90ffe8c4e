package dev.onward.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * How the embedded server is set up: reachable on the loopback only, small, and never acknowledging what is not on disk.
 *
 * @param port on 127.0.0.1
 */
record ServerSettings(int port) {

    /** Without one of these an acknowledged commit can be lost or reach further than this machine. */
    private static final Map<String, String> REQUIRED = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "data_checksums", "on",
            "listen_addresses", "127.0.0.1",
            "password_encryption", "scram-sha-256");

    /** In the form of {@code postgresql.conf}. The server's log gets no values and no statements: they may be personal. */
    String text() {
        return """
                # Written by Onward at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 60
                shared_buffers = '128MB'
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                password_encryption = 'scram-sha-256'
                timezone = 'UTC'
                log_timezone = 'UTC'
                jit = off
                log_checkpoints = off
                log_error_verbosity = terse
                log_min_error_statement = panic
                """.formatted(port);
    }

    /**
     * Asks the running server.
     *
     * @throws DatabaseException when it runs with an unsafe setting
     */
    static void verify(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> required : REQUIRED.entrySet()) {
                verify(statement, required.getKey(), required.getValue());
            }
        }
    }

    private static void verify(Statement statement, String name, String required) throws SQLException {
        try (ResultSet shown = statement.executeQuery("SHOW " + name)) {
            shown.next();
            String found = shown.getString(1);
            if (!required.equals(found)) {
                throw new DatabaseException(
                        "the embedded PostgreSQL runs with %s = %s, Onward needs %s; remove that setting from postgresql.conf or postgresql.auto.conf"
                                .formatted(name, found, required));
            }
        }
    }
}
