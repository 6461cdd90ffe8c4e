package dev.onward.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens single connections, outside of the pool, and holds the driver's settings that all connections share. */
final class Connections {

    /** The schema that holds every table of Onward. */
    static final String SCHEMA = "onward";

    static final Map<String, String> PROPERTIES = Map.of(
            "ApplicationName", "onward",
            "currentSchema", SCHEMA,
            "tcpKeepAlive", "true",
            "connectTimeout", "5",
            "loginTimeout", "10");

    private Connections() {}

    /** Opens a connection without limits on its statements. */
    static Connection open(ServerLocation location) throws SQLException {
        return open(location, Map.of());
    }

    /**
     * Opens a connection.
     *
     * @param properties of the PostgreSQL driver, beside the shared ones
     */
    static Connection open(ServerLocation location, Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.putAll(PROPERTIES);
        all.putAll(properties);
        location.username().ifPresent(username -> all.setProperty("user", username));
        location.password().ifPresent(password -> all.setProperty("password", password));
        Connection connection = new Driver().connect(location.url(), all);
        if (connection == null) {
            throw new DatabaseException(
                    "onward.database.url must be a JDBC URL of PostgreSQL: jdbc:postgresql://host:port/database");
        }
        return connection;
    }
}
