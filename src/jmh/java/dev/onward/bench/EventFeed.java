package dev.onward.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends events as lines. Each is about a profile of its own, {@code p-<number>}. Thread-safe. */
final class EventFeed {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BenchOnward onward;

    EventFeed(BenchOnward onward) {
        this.onward = onward;
    }

    /**
     * Sends some events at once.
     *
     * @param name of the events
     * @param first the number of the first
     * @return how many of them were accepted
     */
    CompletableFuture<Long> send(String name, int first, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            lines.append("{\"eventId\":\"").append(name).append('-').append(i);
            lines.append("\",\"name\":\"").append(name).append("\",\"profileId\":\"p-").append(i);
            lines.append("\",\"payload\":{\"id\":\"A-").append(i).append("\",\"total\":42.5},\"profile\":{\"name\":\"Ada\"}}\n");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + onward.port() + "/api/v1/events"))
                .header("Authorization", "Bearer " + BenchOnward.KEY)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(EventFeed::accepted);
    }

    /**
     * Sends events at a steady rate, however slowly they are answered; returns after the last was sent.
     *
     * @return how many of them were accepted, once the last is answered
     */
    CompletableFuture<Long> send(String name, int first, int perSecond, Duration duration) throws InterruptedException {
        CompletableFuture<Long> accepted = CompletableFuture.completedFuture(0L);
        int perTick = (int) (perSecond * TICK.toMillis() / 1_000);
        long start = System.nanoTime();
        for (int tick = 0; tick < duration.toMillis() / TICK.toMillis(); tick++) {
            TimeUnit.NANOSECONDS.sleep(start + tick * TICK.toNanos() - System.nanoTime());
            accepted = accepted.thenCombine(send(name, first + tick * perTick, perTick), Long::sum);
        }
        TimeUnit.NANOSECONDS.sleep(start + duration.toNanos() - System.nanoTime());
        return accepted;
    }

    private static long accepted(HttpResponse<String> answer) {
        Matcher accepted = ACCEPTED.matcher(answer.body());
        return accepted.find() ? Long.parseLong(accepted.group(1)) : 0;
    }
}
