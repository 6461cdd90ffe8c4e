package dev.onward.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The server, or the parts of one, that outlived the Onward that started it. The caller has the data directory's lock,
 * so none of these processes belongs to a live Onward.
 */
final class LeftoverServer {

    private static final Logger LOG = Logger.getLogger(LeftoverServer.class);

    private static final int KILL_WAITS = 50;
    private static final int KILL_WAIT_MILLIS = 200;

    private LeftoverServer() {}

    /**
     * Stops what still runs and removes the mark of a server that is gone.
     *
     * @param home holds the programs that every start in this data directory runs
     * @param data of the server
     */
    static void end(Path home, Path data, ServerProcess server) throws IOException {
        Optional<ProcessHandle> holder = server.handle();
        if (holder.isPresent()) {
            endHolder(holder.get(), home, data, server);
        }
        killAll(home);
    }

    private static void endHolder(ProcessHandle holder, Path home, Path data, ServerProcess server) throws IOException {
        if (runsProgramOf(home, holder) || servesData(data, holder)) {
            LOG.infof("stopping the PostgreSQL that an earlier Onward left running, process %d", holder.pid());
            server.stop();
        } else if (!isPostgres(holder)) {
            Files.delete(data.resolve(PostmasterFile.NAME));
        }
    }

    private static boolean runsProgramOf(Path home, ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> Path.of(command).startsWith(home))
                .isPresent();
    }

    private static boolean servesData(Path data, ProcessHandle process) {
        List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
        return isPostgres(process) && arguments.contains(data.toString());
    }

    /** When unsure whose server it is, PostgreSQL's own check at the start decides, and tells. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith("postgres"))
                .isPresent();
    }

    /** A session whose server was killed ends by itself, but not before its statement does. */
    private static void killAll(Path home) {
        List<ProcessHandle> left = runningFrom(home);
        for (int wait = 0; !left.isEmpty(); wait++) {
            if (wait == KILL_WAITS) {
                throw new DatabaseException(
                        "PostgreSQL's processes %s from an earlier start do not end; end them by hand"
                                .formatted(pids(left)));
            }
            LOG.infof("ending the PostgreSQL processes %s, whose server is gone", pids(left));
            left.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(left.get(0));
            left = runningFrom(home);
        }
    }

    private static List<ProcessHandle> runningFrom(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> runsProgramOf(home, process))
                .toList();
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }

    /** Waits a moment at most: an ended process whose parent does not care is listed on, but runs no program. */
    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(KILL_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debugf("process %d is still listed", process.pid());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL's process %d ends".formatted(process.pid()), e);
        }
    }
}
