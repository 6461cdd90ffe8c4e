package dev.onward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.crash.CrashProvider;
import dev.onward.crash.CrashProvider.Arrival;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * An audience on its way through a journey with one call, while the process is killed and started again at random moments:
 * whom nobody called, who was called twice for no reason, and whether the progress of the run is what happened. Exits with 1
 * when something is not as it must be. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench="dev.onward.bench.AudienceCrash 200000 3"
 * }</pre>
 *
 * <p>Arguments: profiles, kills, and the seed of the moments.
 */
public final class AudienceCrash {

    private static final Duration LONGEST_RUN = Duration.ofMinutes(20);
    private static final long LOOK_MILLIS = 5;
    private static final long SETTLED_MILLIS = 200;

    /** A request that a process sent before it died may be read by the provider a moment later. */
    private static final long SOON = Duration.ofSeconds(1).toNanos();

    private static final String LINES = "application/x-ndjson";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Long> killedAt = new CopyOnWriteArrayList<>();
    private final CrashProvider provider;
    private final BenchOnward onward;
    private final int profiles;
    private final int kills;
    private final Random random;

    private AudienceCrash(CrashProvider provider, BenchOnward onward, int profiles, int kills, long seed) {
        this.provider = provider;
        this.onward = onward;
        this.profiles = profiles;
        this.kills = kills;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        int profiles = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        print("seed %d, %d profiles, %d kills", seed, profiles, kills);
        boolean isGood;
        try (CrashProvider provider = new CrashProvider();
                BenchOnward onward = BenchOnward.start("-Xmx512m")) {
            isGood = new AudienceCrash(provider, onward, profiles, kills, seed).run();
        }
        System.exit(isGood ? 0 : 1);
    }

    private boolean run() throws Exception {
        onward.register("Crash", provider.url());
        onward.post("/journeys", """
                { "name": "Crash", "entry": { "event": "Crash", "reentry": { "allowed": false } },
                  "steps": [ { "id": "call", "action": "Crash", "continueOnError": true,
                               "arguments": { "text": "profileId" } } ] }""");
        onward.post("/journeys/Crash/publish", "");
        long start = System.nanoTime();
        CompletableFuture<Void> killer = CompletableFuture.runAsync(this::killAgainAndAgain);
        String runId = upload(killer);
        killer.join();
        BenchOnward.await(LONGEST_RUN, () -> isThrough(runId));
        return report(runId, (System.nanoTime() - start) / 1e9);
    }

    /** Sends the whole audience until a process lives long enough to answer; who is in already stays in once. */
    private String upload(CompletableFuture<Void> killer) throws InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < profiles; number++) {
            lines.append("{\"profileId\":\"p-").append(number).append("\",\"profile\":{\"name\":\"Ada\"}}\n");
        }
        for (int uploads = 1; ; uploads++) {
            try {
                JsonNode told = json(send(lines.toString()));
                print("uploaded at attempt %d: %s", uploads, told.path("accepted"));
                return told.get("runId").textValue();
            } catch (IOException died) {
                if (killer.isCompletedExceptionally()) {
                    throw new IllegalStateException("the process did not come back", died);
                }
                TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            }
        }
    }

    private String send(String lines) throws IOException, InterruptedException {
        int port;
        try {
            port = onward.port();
        } catch (RuntimeException starting) {
            throw new IOException(starting);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/journeys/Crash/audience"))
                .header("Authorization", "Bearer " + BenchOnward.KEY)
                .header("Content-Type", LINES)
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException(answer.body());
        }
        return answer.body();
    }

    /** Each kill comes when so many profiles as fate decides were called. */
    private void killAgainAndAgain() {
        try {
            int[] moments = random.ints(kills, 0, profiles).sorted().toArray();
            for (int moment : moments) {
                while (provider.arrivals().size() < moment) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                long killed = System.nanoTime();
                Duration ready = onward.killAndRestart();
                killedAt.add(killed);
                print("killed after %d calls; ready again after %d ms", provider.arrivals().size(), ready.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every profile that was accepted is in, and nobody is on the way. */
    private boolean isThrough(String runId) {
        for (JsonNode run : runs()) {
            boolean isLast = run.get("runId").textValue().equals(runId);
            boolean isRead = run.get("read").longValue() == run.get("accepted").longValue();
            JsonNode instances = json(onward.get("/runs/" + run.get("runId").textValue())).get("instances");
            boolean isOnTheWay = instances.has("calling") || instances.has("waiting") || instances.has("held");
            if (!isRead || isOnTheWay || isLast && !run.get("state").textValue().equals("ended")) {
                return false;
            }
        }
        return true;
    }

    private List<JsonNode> runs() {
        List<JsonNode> runs = new ArrayList<>();
        json(onward.get("/runs?journey=Crash&limit=1000")).get("items").forEach(runs::add);
        return runs;
    }

    private boolean report(String runId, double seconds) {
        Map<String, List<Arrival>> arrivals = provider.arrivals();
        int lost = 0;
        int twice = 0;
        int unexplained = 0;
        int otherKey = 0;
        for (int number = 0; number < profiles; number++) {
            List<Arrival> came = arrivals.getOrDefault("{\"text\":\"p-" + number + "\"}", List.of());
            lost += came.isEmpty() ? 1 : 0;
            twice += came.size() > 1 ? 1 : 0;
            unexplained += isExplained(came) ? 0 : 1;
            otherKey += came.stream().map(Arrival::key).distinct().count() > 1 ? 1 : 0;
        }
        long begun = 0;
        long completed = 0;
        boolean isTrue = true;
        for (JsonNode run : runs()) {
            begun += run.get("begun").longValue();
            completed += json(onward.get("/runs/" + run.get("runId").textValue()))
                    .at("/instances/completed")
                    .longValue();
            isTrue &= run.get("read").equals(run.get("accepted"));
            isTrue &= !run.get("runId").textValue().equals(runId) || run.get("accepted").longValue() == profiles;
        }
        isTrue &= begun == profiles && completed == profiles;
        print(
                "{\"profiles\":%d,\"kills\":%d,\"lost\":%d,\"strangers\":%d,\"twice\":%d,\"twiceWithoutKill\":%d,"
                        + "\"twiceWithOtherKey\":%d,\"runs\":%d,\"begun\":%d,\"completed\":%d,\"progressIsTrue\":%b,"
                        + "\"seconds\":%.1f}",
                profiles,
                killedAt.size(),
                lost,
                arrivals.size() - (profiles - lost),
                twice,
                unexplained,
                otherKey,
                runs().size(),
                begun,
                completed,
                isTrue,
                seconds);
        if (lost > 0) {
            json(onward.get("/logs?journey=Crash&outcome=failed&limit=20"))
                    .get("items")
                    .forEach(failed -> print(
                            "failed: %s",
                            onward.get("/logs/" + failed.get("callId").textValue())));
        }
        return lost == 0 && unexplained == 0 && otherKey == 0 && arrivals.size() == profiles && isTrue;
    }

    /** Between two calls of one profile the process was killed. */
    private boolean isExplained(List<Arrival> came) {
        for (int i = 1; i < came.size(); i++) {
            long before = came.get(i - 1).nanos();
            long after = came.get(i).nanos();
            if (killedAt.stream().noneMatch(kill -> kill - before >= -SOON && kill - after <= 0)) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
