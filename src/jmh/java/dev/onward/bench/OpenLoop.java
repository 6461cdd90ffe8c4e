package dev.onward.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Sends invocations at a steady rate, however slow the answers are, and measures each from the moment in which it should
 * have been sent, so that a pause of the sender counts as well.
 */
final class OpenLoop {

    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_SURPRISES_TOLD = 5;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(40);

    private final HttpClient client;

    /** A request that is composed on another thread than its client's may lose its answer. */
    private final Context context;

    private final int port;
    private final String target;
    private final Buffer body;

    /** Invokes an action of Onward. */
    static OpenLoop ofAction(Vertx vertx, int port, String action) {
        return ofAction(vertx, port, action, MAX_CONNECTIONS);
    }

    /**
     * Invokes an action of Onward.
     *
     * @param connections at most; what finds none waits for one
     */
    static OpenLoop ofAction(Vertx vertx, int port, String action, int connections) {
        return new OpenLoop(client(vertx, connections), vertx.getOrCreateContext(), port, target(action));
    }

    private static String target(String action) {
        return "/api/v1/actions/" + action + "/invoke";
    }

    private static HttpClient client(Vertx vertx, int connections) {
        return vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setKeepAliveTimeout(60),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    /** @param vertx whose event loop sends */
    OpenLoop(Vertx vertx, int port, String target) {
        this(client(vertx, MAX_CONNECTIONS), vertx.getOrCreateContext(), port, target);
    }

    private OpenLoop(HttpClient client, Context context, int port, String target) {
        this.client = client;
        this.context = context;
        this.port = port;
        this.target = target;
        this.body = Buffer.buffer("{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"" + "x".repeat(500) + "\"}}");
    }

    /**
     * Sends so many a second for so long and waits for the answers.
     *
     * @param succeeded what the answer of a call that went as hoped says
     */
    Latencies run(int perSecond, Duration duration, String succeeded) throws InterruptedException {
        int calls = Math.toIntExact(perSecond * duration.toMillis() / 1_000);
        long[] offsets = new long[calls];
        Arrays.setAll(offsets, i -> (long) i * 1_000_000_000 / perSecond);
        return run(offsets, succeeded);
    }

    /**
     * Sends at the given moments and waits for the answers.
     *
     * @param offsets nanoseconds from the start, rising
     */
    Latencies run(long[] offsets, String succeeded) throws InterruptedException {
        int calls = offsets.length;
        AtomicIntegerArray micros = new AtomicIntegerArray(calls);
        AtomicInteger good = new AtomicInteger();
        AtomicInteger surprises = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(calls);
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            long intended = start + offsets[i];
            sleepUntil(intended);
            int number = i;
            context.runOnContext(turn -> invoke().onComplete(answer -> {
                micros.set(number, (int) Math.max(1, (System.nanoTime() - intended) / 1_000));
                if (answer.succeeded() && answer.result().toString().contains(succeeded)) {
                    good.incrementAndGet();
                } else if (surprises.getAndIncrement() < MAX_SURPRISES_TOLD) {
                    System.err.println("unexpected: " + (answer.succeeded() ? answer.result() : answer.cause()));
                }
                left.countDown();
            }));
        }
        boolean all = left.await(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int[] sorted = new int[calls];
        Arrays.setAll(sorted, micros::get);
        int[] ended = Arrays.stream(sorted).filter(value -> value > 0).sorted().toArray();
        return new Latencies(calls, good.get(), all ? 0 : left.getCount(), ended, took);
    }

    /** Another action's, over the same connections; only one of them is closed. */
    OpenLoop withAction(String action) {
        return new OpenLoop(client, context, port, target(action));
    }

    void close() {
        client.close();
    }

    private Future<Buffer> invoke() {
        return client.request(HttpMethod.POST, port, "127.0.0.1", target)
                .compose(this::send)
                .compose(HttpClientResponse::body);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request) {
        return request.putHeader("Authorization", "Bearer " + BenchOnward.KEY)
                .putHeader("Content-Type", "application/json")
                .send(body);
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /**
     * What came of a run.
     *
     * @param good answers that said what was hoped for
     * @param missing answers that did not come
     * @param micros of the answers that came, sorted
     * @param took from the first send to the last answer
     */
    record Latencies(int calls, int good, long missing, int[] micros, Duration took) {

        double meanMillis() {
            return Arrays.stream(micros).average().orElse(0) / 1_000;
        }

        double percentileMillis(double percent) {
            int index = (int) Math.ceil(micros.length * percent / 100) - 1;
            return micros.length == 0 ? 0 : micros[Math.max(0, index)] / 1_000.0;
        }

        /** @param answerMillis how long the last answer may be under way after the last send */
        double goodPerSecond(long answerMillis) {
            return good * 1_000.0 / Math.max(1, took.toMillis() - answerMillis);
        }
    }
}
