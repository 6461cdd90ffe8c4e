package dev.onward.demonstration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A pretended provider of text messages, {@code POST /v1/messages}, on the loopback interface. Its mood follows the last
 * digit of {@code to}: 3 gets a 503 on the first attempt, 5 an answer after two seconds, 4 a 400, any other a 202.
 */
final class SmsProvider implements AutoCloseable {

    private static final int MAX_REMEMBERED = 10_000;
    private static final int SLOW_SECONDS = 2;
    private static final int STOP_AT_ONCE = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    SmsProvider(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/messages", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void close() {
        server.stop(STOP_AT_ONCE);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (lastDigit(exchange.getRequestBody().readAllBytes())) {
                case '3' -> firstFails(exchange);
                case '4' -> send(exchange, 400, "{\"error\":\"unknown number\"}");
                case '5' -> slowly(exchange);
                default -> accept(exchange);
            }
        }
    }

    private void firstFails(HttpExchange exchange) throws IOException {
        if (seen.size() > MAX_REMEMBERED) {
            seen.clear();
        }
        String message = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        if (seen.add(message)) {
            send(exchange, 503, "{\"error\":\"out for a moment\"}");
        } else {
            accept(exchange);
        }
    }

    private static void slowly(HttpExchange exchange) throws IOException {
        try {
            TimeUnit.SECONDS.sleep(SLOW_SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        accept(exchange);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        send(exchange, 202, "{\"messageId\":\"m-" + System.nanoTime() + "\",\"accepted\":true}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static char lastDigit(byte[] body) {
        try {
            String to = StrictJson.read(body).path("to").asText();
            return to.isEmpty() ? '0' : to.charAt(to.length() - 1);
        } catch (JsonException notJson) {
            return '4';
        }
    }
}
