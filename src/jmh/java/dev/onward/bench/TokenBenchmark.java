package dev.onward.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls with a bearer token of OAuth 2 client credentials that lives for 60 s, 1,000 a second for two and a half minutes,
 * through two actions of one named credential: how often the token endpoint was asked, when, and how many calls came with
 * a token that was over or unknown. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.TokenBenchmark
 * }</pre>
 */
public final class TokenBenchmark {

    /** For each action; few, for a process that is held up piles up no more of them. */
    private static final int CONNECTIONS = 200;

    private static final int PER_SECOND = 1_000;
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final String SUCCEEDED = "\"outcome\":\"succeeded\"";

    private final long begun = System.nanoTime();
    private final List<Long> fetches = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> valid = ConcurrentHashMap.newKeySet();
    private final AtomicLong strange = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final Vertx providers;

    private TokenBenchmark(Vertx providers) {
        this.providers = providers;
    }

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Vertx providers = Vertx.vertx();
        TokenBenchmark bench = new TokenBenchmark(providers);
        HttpServer provider = providers
                .createHttpServer()
                .requestHandler(bench::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (BenchOnward onward = BenchOnward.start(arguments)) {
            bench.run(vertx, onward, provider.actualPort());
        }
        providers.close();
        vertx.close();
    }

    private void run(Vertx vertx, BenchOnward onward, int port) throws InterruptedException {
        String url = "http://127.0.0.1:" + port;
        onward.post("/credentials", """
                { "name": "shared", "hosts": ["127.0.0.1:%d"],
                  "authentication": { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "%s/token",
                                      "clientId": "onward", "clientSecret": "s3cret-of-the-benchmark" } }"""
                .formatted(port, url));
        OpenLoop one = action(vertx, onward, "One", url);
        OpenLoop two = action(vertx, onward, "Two", url);
        Thread beside = new Thread(() -> {
            try {
                two.run(PER_SECOND / 2, LONG, SUCCEEDED);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        beside.start();
        OpenLoop.Latencies result = one.run(PER_SECOND / 2, LONG, SUCCEEDED);
        beside.join();
        one.close();
        two.close();
        print("%,d calls came, %,d of them with a token that was over or unknown", calls.get(), strange.get());
        print(
                "%d tokens were fetched, at %s s; a token lives for %d s and is renewed before its end",
                fetches.size(),
                fetches.stream().map(at -> String.format(Locale.ROOT, "%.1f", at / 1e9)).toList(),
                LIFE.toSeconds());
        print(
                "of one action's %,d calls %,d succeeded, mean %.1f ms, p99 %.1f ms",
                result.calls(), result.good(), result.meanMillis(), result.percentileMillis(99));
    }

    private static OpenLoop action(Vertx vertx, BenchOnward onward, String name, String url) {
        onward.post("/actions", """
                { "name": "%s", "endpoint": { "url": "%s/%s", "method": "POST" },
                  "parameters": { "text": { "type": "string" } },
                  "request": { "payload": { "text": "${text}" } },
                  "authentication": { "credential": "shared" } }""".formatted(name, url, name));
        return OpenLoop.ofAction(vertx, onward.port(), name, CONNECTIONS);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/token")) {
            long at = System.nanoTime() - begun;
            fetches.add(at);
            String token = "token-" + fetches.size();
            valid.add("Bearer " + token);
            providers.setTimer(LIFE.toMillis(), over -> valid.remove("Bearer " + token));
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"access_token\":\"" + token + "\",\"expires_in\":" + LIFE.toSeconds() + "}");
        } else {
            calls.incrementAndGet();
            boolean isKnown = valid.contains(String.valueOf(request.getHeader("Authorization")));
            if (!isKnown) {
                strange.incrementAndGet();
            }
            request.response().setStatusCode(isKnown ? 204 : 401).end();
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
