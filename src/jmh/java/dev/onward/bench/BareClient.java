package dev.onward.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * What a call costs when nothing is promised: a Vert.x client that posts a body and reads the answer. For each line
 * {@code <port> <calls> <concurrency> <bytes>} it makes the calls and prints the milliseconds until the last answer.
 */
public final class BareClient {

    private final HttpClient client;
    private final Context context;

    private BareClient(Vertx vertx, int concurrency) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(concurrency));
        this.context = vertx.getOrCreateContext();
    }

    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            int concurrency = Integer.parseInt(words[2]);
            Run run = new BareClient(vertx, concurrency)
                    .new Run(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[3]));
            System.out.println(run.millis(concurrency));
        }
    }

    /** One run; on one event loop. */
    private final class Run {

        private final int port;
        private final int calls;
        private final Buffer body;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int begun;
        private int ended;

        private Run(int port, int calls, int bytes) {
            this.port = port;
            this.calls = calls;
            this.body = Buffer.buffer("{\"text\":\"" + "x".repeat(bytes - 11) + "\"}");
        }

        long millis(int concurrency) {
            long start = System.nanoTime();
            context.runOnContext(turn -> {
                for (int i = 0; i < concurrency; i++) {
                    next();
                }
            });
            done.join();
            client.close();
            return (System.nanoTime() - start) / 1_000_000;
        }

        private void next() {
            if (begun < calls) {
                begun++;
                client.request(HttpMethod.POST, port, "127.0.0.1", "/0")
                        .compose(this::send)
                        .compose(HttpClientResponse::body)
                        .onComplete(answer -> ended());
            }
        }

        private io.vertx.core.Future<HttpClientResponse> send(HttpClientRequest request) {
            return request.putHeader("Content-Type", "application/json")
                    .putHeader("Accept", "application/json")
                    .send(body);
        }

        private void ended() {
            ended++;
            if (ended == calls) {
                done.complete(null);
            } else {
                next();
            }
        }
    }
}
