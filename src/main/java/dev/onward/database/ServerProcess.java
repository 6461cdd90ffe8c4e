package dev.onward.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Starts and stops the embedded server's process with PostgreSQL's own {@code pg_ctl}, which detaches it from our
 * process group and terminal.
 */
final class ServerProcess {

    private static final Logger LOG = Logger.getLogger(ServerProcess.class);

    private static final int LOG_LINES_IN_MESSAGE = 5;

    private final ServerPrograms programs;
    private final Path home;
    private final Path data;

    /**
     * @param home gets the server's log
     * @param data of the server
     */
    ServerProcess(ServerPrograms programs, Path home, Path data) {
        this.programs = programs;
        this.home = home;
        this.data = data;
    }

    /** Starts the server and waits until it accepts connections; its log begins anew. */
    void start() throws IOException {
        Path log = home.resolve("server.log");
        OwnerOnly.empty(log);
        try {
            programs.run("pg_ctl", "start", "--wait", "--timeout=240", "--pgdata=" + data, "--log=" + log);
        } catch (DatabaseException e) {
            throw new DatabaseException(
                    "the embedded PostgreSQL did not start: %s (more in %s)".formatted(lastLines(log), log), e);
        }
    }

    /** The port on which the running server listens. */
    int port() throws IOException {
        return PostmasterFile.read(data)
                .map(PostmasterFile::port)
                .orElseThrow(() -> new DatabaseException("the embedded PostgreSQL ended right after its start"));
    }

    /** The server's first process, while it runs. */
    Optional<ProcessHandle> handle() throws IOException {
        return PostmasterFile.read(data).flatMap(file -> ProcessHandle.of(file.pid()));
    }

    /** Ends connections and stops the server, cleanly if it can; returns when it has ended. Idempotent. */
    void stop() {
        if (Files.notExists(data.resolve(PostmasterFile.NAME))) {
            return;
        }
        try {
            stop("fast", 30);
        } catch (DatabaseException e) {
            LOG.warnf("PostgreSQL did not stop cleanly, it will recover at its next start: %s", e.getMessage());
            stop("immediate", 20);
        }
    }

    private void stop(String mode, int seconds) {
        programs.run("pg_ctl", "stop", "--wait", "--timeout=" + seconds, "--mode=" + mode, "--pgdata=" + data);
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)
                .strip()
                .lines()
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGE), lines.size()));
    }
}
