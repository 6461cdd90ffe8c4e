package dev.onward.bench;

import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.PackagedOnward;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged application under measurement, on a fresh data directory, with the {@code JDK_JAVA_OPTIONS} of the unit. */
final class BenchOnward implements AutoCloseable {

    static final String KEY = "benchmark-admin-key-0123456789";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Path UNIT = Path.of("deploy", "onward.service");
    private static final Pattern JAVA_OPTIONS = Pattern.compile("\"JDK_JAVA_OPTIONS=(.+)\"");

    private static final long MEBIBYTE = 1024 * 1024;

    private final Path folder;
    private final String[] javaOptions;
    private volatile PackagedOnward process;

    private BenchOnward(Path folder, String... javaOptions) {
        this.folder = folder;
        this.javaOptions = javaOptions;
        this.process = begin();
    }

    /** @param javaOptions such as {@code -Xmx256m}, after those of the unit */
    static BenchOnward start(String... javaOptions) {
        try {
            return new BenchOnward(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-"), javaOptions);
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    private PackagedOnward begin() {
        Map<String, String> environment = Map.of(
                "JDK_JAVA_OPTIONS",
                javaOptionsOfUnit(),
                "ONWARD_ADMIN_KEY",
                KEY,
                "ONWARD_EGRESS_ALLOW",
                "127.0.0.1",
                "ONWARD_EGRESS_SCHEMES",
                "https,http");
        return PackagedOnward.start(folder, environment, javaOptions).awaitReady();
    }

    /** What the systemd unit sets; options that Java has on Linux alone are passed over elsewhere. */
    static String javaOptionsOfUnit() {
        try {
            Matcher options = JAVA_OPTIONS.matcher(Files.readString(UNIT));
            if (!options.find()) {
                throw new IllegalStateException(UNIT + " sets no JDK_JAVA_OPTIONS");
            }
            return "-XX:+IgnoreUnrecognizedVMOptions " + options.group(1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Stops the process as an operator does and starts it again; gives the time from the start to ready. */
    Duration restart() {
        process.sigterm();
        process.awaitExitStatus();
        return beginAgain();
    }

    /** Ends the process without a chance to do anything more, and starts it again; gives the time from the start to ready. */
    Duration killAndRestart() {
        process.kill9();
        return beginAgain();
    }

    private Duration beginAgain() {
        long start = System.nanoTime();
        process = begin();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private ApiClient client() {
        return process.client(KEY);
    }

    /** Registers an action that posts its one argument, {@code text}, to the URL. */
    void register(String name, String url) {
        register(name, url, "PT10S");
    }

    /**
     * Registers such an action.
     *
     * @param attemptTimeout as in a definition
     */
    void register(String name, String url, String attemptTimeout) {
        String definition = """
                { "name": "%s", "endpoint": { "url": "%s", "method": "POST" },
                  "parameters": { "text": { "type": "string" } },
                  "request": { "payload": { "text": "${text}" } },
                  "response": { "payload": { "id": "m-1", "accepted": true } },
                  "timeout": "PT30S", "attemptTimeout": "%s", "retry": { "maxRetries": 0 } }""".formatted(
                        name, url, attemptTimeout);
        ApiClient.Answer answer = client().post("/api/v1/actions", definition);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.body());
        }
    }

    /**
     * Sends a document with the administrator's key.
     *
     * @param path from the base path on
     * @return the answer's body
     */
    String post(String path, String body) {
        ApiClient.Answer answer = client().post("/api/v1" + path, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException(answer.body());
        }
        return answer.body();
    }

    /** Lets more calls through than the default cap of a host, 300,000 a minute, which short runs reach. */
    void capGenerously(String url) {
        Matcher uid = Pattern.compile("\"uid\":\"([^\"]+)\"").matcher(post("/endpointConfigs", """
                { "url": "%s", "methods": ["POST"], "services": { "action": {
                    "maxHttpConnections": 10000, "rating": { "maxCallsCount": 5000000, "periodInMs": 60000 } } } }"""
                .formatted(url)));
        if (!uid.find()) {
            throw new IllegalStateException("the capping has no uid");
        }
        post("/endpointConfigs/" + uid.group(1) + "/deploy", "");
        await(() -> get("/limits").contains(uid.group(1)));
    }

    /** Reads a resource with the administrator's key. */
    String get(String path) {
        return client().get("/api/v1" + path).body();
    }

    /** All metrics, as Prometheus reads them. */
    String metrics() {
        return client().get("/q/metrics").body();
    }

    int port() {
        return process.port();
    }

    Duration cpuTime() {
        return process.cpuTime();
    }

    /** The CPU time that its database's living processes have used. */
    Duration databaseCpuTime() {
        return process.databaseProcesses().stream()
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The call records that the database has taken since the start. */
    long logged() {
        return metric("onward_calllog_drained_total");
    }

    /** How many calls are under way. */
    long inFlight() {
        return metric("onward_calls_in_flight");
    }

    /** How many calls of the action have ended since the start. */
    long ended(String action) {
        Matcher line = Pattern.compile("(?m)^onward_calls_total\\{[^}]*action=\"" + action + "\"[^}]*} ([0-9.E]+)$")
                .matcher(client().get("/q/metrics").body());
        return line.results().mapToLong(found -> (long) Double.parseDouble(found.group(1))).sum();
    }

    private long metric(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " ([0-9.E]+)$")
                .matcher(client().get("/q/metrics").body());
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    /** What lives in its heap: the JVM is asked to collect first. */
    long liveMebibytes() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .start();
            asked.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (asked.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("jcmd could not make the JVM collect");
            }
        } catch (IOException noJcmd) {
            throw new UncheckedIOException(noJcmd);
        }
        Matcher used = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)$")
                .matcher(metrics());
        return used.results().mapToLong(pool -> (long) Double.parseDouble(pool.group(1))).sum() / MEBIBYTE;
    }

    /** Waits until the condition holds and tells how long that took. */
    static Duration await(Callable<Boolean> condition) {
        return await(LONGEST_WAIT, condition);
    }

    /** Waits until the condition holds and tells how long that took. */
    static Duration await(Duration atMost, Callable<Boolean> condition) {
        long start = System.nanoTime();
        Awaitility.await().pollInterval(POLL).atMost(atMost).until(condition);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        process.close();
    }
}
