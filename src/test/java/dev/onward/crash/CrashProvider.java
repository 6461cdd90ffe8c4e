package dev.onward.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A provider that remembers when which request came with which key, and answers each after up to {@value #SLOWEST_MILLIS}
 * ms. Thread-safe.
 */
public final class CrashProvider implements AutoCloseable {

    private static final int SLOWEST_MILLIS = 200;
    private static final int THREADS = 8;
    private static final int BACKLOG = 4_096;

    private final Map<String, List<Arrival>> arrivals = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final HttpServer server;

    /**
     * A request as it came.
     *
     * @param key its {@code Idempotency-Key}
     * @param nanos when, in the time of {@link System#nanoTime}
     */
    public record Arrival(String key, long nanos) {}

    public CrashProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** All requests by their bodies. */
    public Map<String, List<Arrival>> arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Arrival arrival = new Arrival(key == null ? "" : key.replace("\"", ""), System.nanoTime());
        arrivals.compute(body, (same, before) -> {
            List<Arrival> all = before == null ? new ArrayList<>() : before;
            all.add(arrival);
            return all;
        });
        var unused = threads.schedule(
                () -> answer(exchange), ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS), TimeUnit.MILLISECONDS);
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.sendResponseHeaders(204, -1);
        } catch (IOException killed) {
            // Whoever asked is gone; somebody else will ask again.
        }
    }
}
