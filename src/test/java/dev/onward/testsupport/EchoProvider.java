package dev.onward.testsupport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onward.value.JsonBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A provider that cannot keep a secret: every answer repeats its request, as it came and decoded, in its body and in a
 * header. Below {@code /refuse} it answers 400. Listens on loopback, on a free port. Thread-safe.
 */
public final class EchoProvider implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, String>> more = new ConcurrentHashMap<>();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    private EchoProvider() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public static EchoProvider start() {
        try {
            return new EchoProvider();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Further members of the answers at a path, such as tokens. */
    public EchoProvider at(String path, Map<String, String> members) {
        more.put(path, Map.copyOf(members));
        return this;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** All requests so far, as text. */
    public String received() {
        return String.join("\n", received);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            StringBuilder request = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            request.append("\n").append(name).append(": ").append(values));
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            request.append("\n\n").append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request.toString());
            String path = exchange.getRequestURI().getPath();
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("echo", request.toString());
            answer.put("decoded", decoded(request.toString()));
            more.getOrDefault(path, Map.of()).forEach(answer::put);
            byte[] body = JsonBuffer.bytesOf(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Echo", authorization);
            exchange.sendResponseHeaders(path.startsWith("/refuse") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }
}
