package dev.onward.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider in a process of its own that notes when each request came: what the load's process is busy with delays
 * nothing. It prints its port, then answers commands, a line each: {@code count}, {@code clear}, {@code list} and
 * {@code pauses}.
 */
public final class ArrivalsProvider implements AutoCloseable {

    private static final String END = "end";
    private static final int PARTS = 3;
    private static final long PAUSE_NANOS = 15_000_000;

    private final ChildJvm process;
    private final int port;

    private ArrivalsProvider(ChildJvm process) {
        this.process = process;
        this.port = Integer.parseInt(process.readLine());
    }

    /**
     * A request that came.
     *
     * @param nanos of the monotonic clock that all processes of this machine share
     * @param key its {@code Idempotency-Key}, without its quotes
     * @param body one line
     */
    record Arrival(long nanos, String key, String body) {}

    static ArrivalsProvider start() {
        return new ArrivalsProvider(ChildJvm.start(ArrivalsProvider.class));
    }

    /** With a slash at its end. */
    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    int count() {
        return Integer.parseInt(process.ask("count"));
    }

    void clear() {
        process.ask("clear");
    }

    /** All that came, in the order of their coming. */
    List<Arrival> list() {
        List<Arrival> arrivals = new ArrayList<>();
        for (String line = process.ask("list"); !line.equals(END); line = process.readLine()) {
            String[] parts = line.split(" ", PARTS);
            arrivals.add(new Arrival(Long.parseLong(parts[0]), parts[1], parts[2]));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::nanos));
        return arrivals;
    }

    /** When its one event loop stood still for a while, in nanoseconds of the monotonic clock, each until when and how long. */
    List<long[]> pauses() {
        String line = process.ask("pauses");
        return line.isEmpty()
                ? List.of()
                : Arrays.stream(line.split(" "))
                        .map(pause -> Arrays.stream(pause.split(":"))
                                .mapToLong(Long::parseLong)
                                .toArray())
                        .toList();
    }

    @Override
    public void close() {
        process.close();
    }

    public static void main(String[] arguments) throws IOException {
        List<String> arrivals = Collections.synchronizedList(new ArrayList<>());
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        int port = vertx.createHttpServer()
                .requestHandler(request -> note(request, arrivals))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        List<String> pauses = Collections.synchronizedList(new ArrayList<>());
        AtomicLong last = new AtomicLong(System.nanoTime());
        vertx.setPeriodic(1, tick -> {
            long now = System.nanoTime();
            long gap = now - last.getAndSet(now);
            if (gap > PAUSE_NANOS) {
                pauses.add(now + ":" + gap);
            }
        });
        System.out.println(port);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answer(command, arrivals, pauses);
        }
        vertx.close();
    }

    private static void note(HttpServerRequest request, List<String> arrivals) {
        long nanos = System.nanoTime();
        String quoted = request.getHeader("Idempotency-Key");
        request.body().onSuccess(body -> {
            arrivals.add(nanos + " " + quoted.substring(1, quoted.length() - 1) + " " + body);
            request.response().putHeader("Content-Type", "application/json").end("{\"id\":\"m\"}");
        });
    }

    private static void answer(String command, List<String> arrivals, List<String> pauses) {
        switch (command) {
            case "count" -> System.out.println(arrivals.size());
            case "clear" -> {
                arrivals.clear();
                System.out.println(0);
            }
            case "pauses" -> System.out.println(String.join(" ", List.copyOf(pauses)));
            case "list" -> {
                List.copyOf(arrivals).forEach(System.out::println);
                System.out.println(END);
            }
            default -> throw new IllegalArgumentException(command);
        }
    }
}
