package dev.onward.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The one PostgreSQL that everything is stored in, migrated and pooled. It is open as soon as it is constructed, so
 * whoever has it injected may use it in its own constructor; it closes after every other observer of the shutdown.
 * Thread-safe.
 */
@Singleton
public final class Database {

    /** The priority of the observer that opens the database; later numbers find it open. */
    public static final int OPENS_FIRST = 1;

    /**
     * The priority of the shutdown's observer that closes the pool and then stops the embedded server. Whatever still
     * writes while the process drains must end in an observer with a lower number.
     */
    public static final int CLOSES_LAST = 1_000_000;

    private static final Logger LOG = Logger.getLogger(Database.class);

    private static final int POOL_SIZE = 20;
    private static final int MAX_POOL_SIZE = 1_000;
    private static final int MAX_EMBEDDED_POOL_SIZE = 50;
    private static final int VALIDATION_SECONDS = 2;

    private final Optional<EmbeddedPostgres> embedded;
    private final ServerLocation location;
    private final AgroalDataSource pool;
    private final AgroalDataSource leasePool;
    private final Jdbi jdbi;
    private final Jdbi leaseJdbi;

    /**
     * Opens the database: starts the embedded server unless a URL is configured, migrates and connects.
     *
     * @throws DatabaseException when any of it fails; nothing is left running then
     */
    Database(DatabaseConfig config, DataDirectory directory) {
        int poolSize = poolSize(config);
        embedded = config.url().isPresent()
                ? Optional.empty()
                : Optional.of(EmbeddedPostgres.start(directory, new SecureRandom()));
        try {
            location = embedded.map(EmbeddedPostgres::location).orElseGet(() -> external(config));
            Migrations.run(location);
            pool = ConnectionPool.open(location, poolSize);
            leasePool = ConnectionPool.ofLease(location);
        } catch (SQLException e) {
            embedded.ifPresent(EmbeddedPostgres::close);
            throw new DatabaseException("the connection pool cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            embedded.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
        jdbi = jdbi(pool);
        leaseJdbi = jdbi(leasePool);
    }

    private static Jdbi jdbi(DataSource connections) {
        Jdbi made = Jdbi.create(connections).installPlugin(new PostgresPlugin());
        // What is bound may be a person's data: it belongs in no message.
        made.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return made;
    }

    /** Runs SQL in the schema {@code onward}; statements end after 30 s, waits for a lock after 10 s. */
    @Produces
    @Singleton
    public Jdbi jdbi() {
        return jdbi;
    }

    /** For what tells that this process lives: it has a connection to itself, and fails within about a second. */
    public Jdbi leaseJdbi() {
        return leaseJdbi;
    }

    /** The pool; its connections unwrap to {@code org.postgresql.PGConnection}. */
    public DataSource dataSource() {
        return pool;
    }

    /** Whether the server belongs to this process, and no other process uses it. */
    public boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** Whether the database answers now; false also when no connection gets free in 5 s. Blocks at most 7 s. */
    public boolean isReachable() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            LOG.debug("the database does not answer", e);
            return false;
        }
    }

    /** Where the server listens, one for each host of the URL: no call may ever go there. */
    public List<InetSocketAddress> addresses() {
        return location.addresses();
    }

    /** Opens a connection outside of the pool, without limits on its statements. */
    Connection open(Map<String, String> properties) throws SQLException {
        return Connections.open(location, properties);
    }

    void open(@Observes @Priority(OPENS_FIRST) StartupEvent event) {
        LOG.infof("the database is %s", embedded.isPresent() ? "embedded" : "external");
    }

    void close(@Observes @Priority(CLOSES_LAST) ShutdownEvent event) {
        close();
    }

    /** Also runs when the start fails after this bean was made. Idempotent. */
    @PreDestroy
    void close() {
        pool.close();
        leasePool.close();
        embedded.ifPresent(EmbeddedPostgres::close);
    }

    private static ServerLocation external(DatabaseConfig config) {
        ServerLocation location = new ServerLocation(config.url().orElseThrow(), config.username(), config.password());
        ExternalServer.check(location);
        return location;
    }

    private static int poolSize(DatabaseConfig config) {
        int size = config.poolSize().orElse(POOL_SIZE);
        int most = config.url().isPresent() ? MAX_POOL_SIZE : MAX_EMBEDDED_POOL_SIZE;
        if (size < 1 || size > most) {
            throw new DatabaseException("onward.database.pool-size must be 1 to %d, not %d".formatted(most, size));
        }
        return size;
    }
}
