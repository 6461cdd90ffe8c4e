package dev.onward.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A well-behaved provider: it records every request and gives the answers it was told to, in order, then the usual one
 * again and again. Listens on loopback, on a free port. Thread-safe.
 */
public final class StubProvider implements AutoCloseable {

    private static final int BACKLOG = 512;

    private final HttpServer server;
    private final ExecutorService workers;
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private volatile Reply usual = Reply.json(200, "{}");

    private StubProvider() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        this.workers = Executors.newFixedThreadPool(2, StubProvider::daemon);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A provider that answers everything with 200 and an empty object. */
    public static StubProvider start() {
        try {
            return new StubProvider();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** The answers to the next requests, one each. */
    public StubProvider next(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** The answer to every request that the script does not cover. */
    public StubProvider usually(Reply reply) {
        usual = reply;
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** An address below this provider, with the loopback address for the host. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Every request so far, in the order in which they came. */
    public List<Received> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(Received.of(exchange));
        Reply scripted = script.poll();
        Reply reply = scripted == null ? usual : scripted;
        CompletableFuture.delayedExecutor(reply.delay().toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(() -> send(exchange, reply));
    }

    private static void send(HttpExchange exchange, Reply reply) {
        try (exchange) {
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException otherSideLeft) {
            // The caller gave up; what it made of that is what the test looks at.
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stub-provider");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * An answer to give.
     *
     * @param delay before its first byte
     */
    public record Reply(int status, Map<String, String> headers, String body, Duration delay) {

        /** An answer without a body. */
        public static Reply status(int status) {
            return new Reply(status, Map.of(), "", Duration.ZERO);
        }

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body, Duration.ZERO);
        }

        public Reply with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, delay);
        }

        public Reply after(Duration newDelay) {
            return new Reply(status, headers, body, newDelay);
        }
    }

    /**
     * A request as it came.
     *
     * @param target path and query, undecoded
     * @param headers by name, whatever the case; of several values the first
     */
    public record Received(String method, String target, Map<String, String> headers, String body) {

        private static Received of(HttpExchange exchange) throws IOException {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Received(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
        }
    }
}
