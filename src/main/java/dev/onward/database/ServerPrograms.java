package dev.onward.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs the PostgreSQL programs to their end. PostgreSQL refuses to work as root; for root on Linux they run in a user
 * namespace of their own, in which they are nobody, while the files stay root's.
 */
final class ServerPrograms {

    /** The usual name of the file that takes what a program prints. */
    static final String OUTPUT = "program.log";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** What the programs may see of our environment: never a key or password of Onward's. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE");

    private final ServerBinaries binaries;
    private final Path output;

    /** @param output the file that takes what a program prints; a server that it starts would hold a pipe open */
    ServerPrograms(ServerBinaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
    }

    /**
     * Runs one program and waits for its end.
     *
     * @return what it printed
     * @throws DatabaseException when it fails or takes longer than five minutes, with what it printed
     */
    String run(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("unshare", "-U") : List.of());
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        try {
            OwnerOnly.empty(output);
            int status = waitFor(process(command).start());
            String printed =
                    Files.readString(output, StandardCharsets.ISO_8859_1).strip();
            if (status != 0) {
                throw failed(program, "status %d: %s".formatted(status, printed));
            }
            return printed;
        } catch (IOException e) {
            throw failed(program, e.toString());
        }
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static int waitFor(Process process) throws IOException {
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("no end after " + LIMIT);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static DatabaseException failed(String program, String reason) {
        String wayOut = isRoot()
                ? "; as root it needs user namespaces (unshare -U): where they are off, run Onward as an ordinary user or set onward.database.url"
                : "";
        return new DatabaseException("PostgreSQL's %s failed: %s%s".formatted(program, reason, wayOut));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
