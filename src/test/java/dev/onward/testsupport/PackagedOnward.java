package dev.onward.testsupport;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged application as a process of its own, as an operator runs it: configured by its environment, on a free
 * port of the loopback, in a data directory that outlives it. Closing it leaves nothing running, the embedded database
 * included. The system property {@code onward.application.options} may hold more options for its JVM.
 */
public final class PackagedOnward implements AutoCloseable {

    /** Where the build puts the application, unless the system property {@code onward.application.jar} says otherwise. */
    private static final String USUAL_JAR = "target/quarkus-app/quarkus-run.jar";

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^\\s:]+:(\\d+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(10);

    private final Path dataDirectory;
    private final Path output;
    private final Process process;

    private PackagedOnward(Path dataDirectory, Path output, Process process) {
        this.dataDirectory = dataDirectory;
        this.output = output;
        this.process = process;
    }

    /**
     * Starts the application; returns before it is ready.
     *
     * @param folder of the process, which keeps the data directory and what the process prints; starts in the same
     *     folder follow each other on the same data
     * @param environment beside ours, from which every setting of Onward and Quarkus is taken away
     * @param javaOptions such as {@code -Donward.data-dir=…}
     */
    public static PackagedOnward start(Path folder, Map<String, String> environment, String... javaOptions) {
        try {
            Path dataDirectory = folder.toRealPath().resolve("data");
            Path output = Files.createTempFile(folder, "output-", ".log");
            Process process = process(folder, dataDirectory, environment, javaOptions)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new PackagedOnward(dataDirectory, output, process);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Waits until it is ready for work; fails when it ends before that. */
    public PackagedOnward awaitReady() {
        await().atMost(LONGEST_START).pollInterval(POLL).until(() -> !isAlive() || isReady());
        assertThat(isAlive()).as(this::output).isTrue();
        return this;
    }

    /** Waits until the process has ended. */
    public int awaitExitStatus() {
        try {
            assertThat(process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS))
                    .as(this::output)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop; returns at once. */
    public void sigterm() {
        process.destroy();
    }

    /** Ends it without a chance to do anything more; its database runs on. */
    public void kill9() {
        process.destroyForcibly();
        awaitExitStatus();
    }

    /** Everything that it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Speaks to it with the key; usable from the moment on in which it listens. */
    public ApiClient client(String key) {
        return new ApiClient(URI.create("http://127.0.0.1:" + port()), key);
    }

    /** The processes of the embedded database that serves this data directory, or served it last. */
    public List<ProcessHandle> databaseProcesses() {
        return ProcessHandle.allProcesses().filter(this::runsOurDatabase).toList();
    }

    @Override
    public void close() {
        if (isAlive()) {
            sigterm();
            awaitExitStatus();
        }
        databaseProcesses().forEach(ProcessHandle::destroy);
        await().atMost(LONGEST_STOP).until(() -> databaseProcesses().isEmpty());
    }

    private static ProcessBuilder process(
            Path folder, Path dataDirectory, Map<String, String> environment, String... javaOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(System.getProperty("onward.application.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.addAll(List.of(javaOptions));
        command.add("-jar");
        command.add(Path.of(System.getProperty("onward.application.jar", USUAL_JAR))
                .toAbsolutePath()
                .toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ONWARD_") || name.startsWith("QUARKUS_"));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("ONWARD_DATA_DIR", dataDirectory.toString());
        return builder;
    }

    /** Where it listens, on the loopback; once it does. */
    public int port() {
        return Integer.parseInt(printedPort().orElseThrow());
    }

    public long pid() {
        return process.pid();
    }

    /** The CPU time that the process has used, its database's aside. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private boolean isReady() {
        return printedPort().isPresent() && client("").get("/q/health/ready").status() == 200;
    }

    private Optional<String> printedPort() {
        Matcher listening = LISTENING.matcher(output());
        return listening.find() ? Optional.of(listening.group(1)) : Optional.empty();
    }

    private boolean runsOurDatabase(ProcessHandle each) {
        return each.info()
                .command()
                .filter(command -> Path.of(command).startsWith(dataDirectory))
                .isPresent();
    }
}
