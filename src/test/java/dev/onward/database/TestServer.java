package dev.onward.database;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One embedded PostgreSQL for all tests of a JVM, with a migrated template from which fresh databases are copied. Its
 * files stay in {@code target} for the next run.
 */
public final class TestServer implements AutoCloseable {

    private final DataDirectory directory;
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer(DataDirectory directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    /** Starts the server; a second test JVM in the same folder gets a data directory of its own. */
    public static TestServer start() {
        DataDirectory directory = freeDirectory();
        TestServer started = new TestServer(directory, EmbeddedPostgres.start(directory, new SecureRandom()));
        started.recreate("template_onward", "template0");
        Migrations.run(started.location("template_onward"));
        return started;
    }

    /** The name of a fresh, migrated database. */
    public String newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        recreate(name, "template_onward");
        return name;
    }

    /** The name of a fresh database without anything in it. */
    public String newEmptyDatabase() {
        String name = "empty_" + databases.incrementAndGet();
        recreate(name, "template0");
        return name;
    }

    /** Opens a database as the application does; a second time, as another process would. */
    public Database open(String name) {
        return new Database(Config.of(location(name)), directory);
    }

    /** Closes what {@link #open} gave. */
    public static void close(Database database) {
        database.close();
    }

    /** The settings with which another process uses one of its databases. */
    public Map<String, String> environment(String name) {
        ServerLocation location = location(name);
        return Map.of(
                "ONWARD_DATABASE_URL", location.url(),
                "ONWARD_DATABASE_USERNAME", location.username().orElseThrow(),
                "ONWARD_DATABASE_PASSWORD", location.password().orElseThrow());
    }

    /** How to connect to one of its databases. */
    ServerLocation location(String name) {
        ServerLocation postgres = server.location();
        String url = postgres.url().replaceFirst("/postgres$", "/" + name);
        return new ServerLocation(url, postgres.username(), postgres.password());
    }

    /** Every row of every table of one of its databases as text, octets as Latin-1, by the table's name. */
    public Map<String, List<String>> rows(String name) {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = Connections.open(location(name));
                ResultSet tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME");
                rows.put(table, rows(connection, table));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from " + table)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    Object value = found.getObject(column);
                    row.append(value instanceof byte[] octets ? new String(octets, StandardCharsets.ISO_8859_1) : value)
                            .append('\t');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    @Override
    public void close() {
        server.close();
        directory.close();
    }

    private void recreate(String name, String template) {
        try (Connection connection = Connections.open(server.location());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
            statement.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataDirectory freeDirectory() {
        Path usual = Path.of("target", "test-database");
        try {
            return DataDirectory.open(usual);
        } catch (DatabaseException e) {
            Path own =
                    Path.of("target", "test-database-" + ProcessHandle.current().pid());
            if (Files.exists(own)) {
                throw e;
            }
            return DataDirectory.open(own);
        }
    }

    /** A configuration in memory; without a URL it means an embedded server. */
    public record Config(Optional<String> url, Optional<String> username, Optional<String> password)
            implements DatabaseConfig {

        public static final Config EMBEDDED = new Config(Optional.empty(), Optional.empty(), Optional.empty());

        static Config of(ServerLocation location) {
            return new Config(Optional.of(location.url()), location.username(), location.password());
        }

        @Override
        public OptionalInt poolSize() {
            return OptionalInt.of(10);
        }
    }
}
