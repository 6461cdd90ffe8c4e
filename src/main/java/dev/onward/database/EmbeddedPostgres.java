package dev.onward.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL server of our own, for a trial that needs nothing installed: programs, data and log in the data
 * directory, reachable on the loopback only. It is detached from our terminal and process group, so that no signal that
 * ends us ends it before {@link #close}; one that an earlier, killed Onward left running is stopped first. A server that
 * dies is started again. Thread-safe.
 */
final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);

    /** Between choosing a free port and listening on it another process may take it. */
    private static final int START_ATTEMPTS = 3;

    /** PostgreSQL's programs hand the path to a shell in double quotes, and to a configuration file in single ones. */
    private static final Pattern SPECIAL = Pattern.compile("[\"'$`\\n]");

    private static final int RESTART_PAUSE_SECONDS = 5;

    private final Path home;
    private final ServerCluster cluster;
    private final ServerProcess process;
    private CompletableFuture<?> restart = CompletableFuture.completedFuture(null);
    private boolean closed;

    private EmbeddedPostgres(Path home, ServerCluster cluster, ServerProcess process) {
        this.home = home;
        this.cluster = cluster;
        this.process = process;
    }

    /**
     * Starts the server and waits until it answers; the first start in a directory also unpacks it and makes its data.
     *
     * @throws DatabaseException when it cannot be started or would run with unsafe settings
     */
    static EmbeddedPostgres start(DataDirectory directory, SecureRandom random) {
        Path home = directory.subdirectory("postgres");
        if (SPECIAL.matcher(home.toString()).find()) {
            throw new DatabaseException(
                    "the data directory's path %s has a quote, $ or line break, which PostgreSQL cannot live with; choose another with ONWARD_DATA_DIR"
                            .formatted(directory.path()));
        }
        try {
            ServerArchive archive = ServerArchive.find(
                    EmbeddedPostgres.class.getClassLoader(),
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"));
            return start(home, ServerBinaries.unpackInto(home, archive), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to connect to it as the owner of everything in it. */
    ServerLocation location() {
        try {
            return new ServerLocation(
                    "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(process.port()),
                    Optional.of(ServerCluster.USER),
                    Optional.of(cluster.password()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and waits for its end. */
    @Override
    public synchronized void close() {
        closed = true;
        restart.cancel(false);
        process.stop();
    }

    private static EmbeddedPostgres start(Path home, ServerBinaries binaries, SecureRandom random) throws IOException {
        ServerPrograms programs = new ServerPrograms(binaries, home.resolve(ServerPrograms.OUTPUT));
        Path root = home.resolve("main");
        ServerProcess process = new ServerProcess(programs, home, new ServerCluster(root).data());
        LeftoverServer.end(home, new ServerCluster(root).data(), process);
        binaries.deleteOthers();
        ServerCluster cluster = ServerCluster.openOrCreate(root, binaries, programs, random);
        EmbeddedPostgres server = new EmbeddedPostgres(home, cluster, process);
        server.startOnFreePort();
        server.verifyOrStop();
        server.watch();
        return server;
    }

    private void startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            cluster.writeSettings(new ServerSettings(freePort()));
            try {
                process.start();
                return;
            } catch (DatabaseException e) {
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                LOG.warnf("%s; trying again", e.getMessage());
            }
        }
    }

    private synchronized void watch() throws IOException {
        process.handle()
                .ifPresentOrElse(handle -> restart = handle.onExit().thenRunAsync(this::restart), this::restartLater);
    }

    /** The server died without us, by a kill or a full disk: it comes back on the same port, and so does the pool. */
    private synchronized void restart() {
        if (closed) {
            return;
        }
        LOG.error("the embedded PostgreSQL ended by itself; starting it again");
        try {
            LeftoverServer.end(home, cluster.data(), process);
            process.start();
            watch();
        } catch (IOException | DatabaseException e) {
            LOG.error("the embedded PostgreSQL could not be started again, next attempt in 5 s", e);
            restartLater();
        }
    }

    private void restartLater() {
        CompletableFuture.delayedExecutor(RESTART_PAUSE_SECONDS, TimeUnit.SECONDS)
                .execute(this::restart);
    }

    private void verifyOrStop() {
        try (Connection connection = Connections.open(location())) {
            ServerSettings.verify(connection);
        } catch (SQLException e) {
            process.stop();
            throw new DatabaseException("the embedded PostgreSQL does not answer: " + e.getMessage(), e);
        } catch (DatabaseException e) {
            process.stop();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
