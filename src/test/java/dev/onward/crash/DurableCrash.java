package dev.onward.crash;

import dev.onward.crash.CrashProvider.Arrival;
import dev.onward.database.Database;
import dev.onward.database.TestServer;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Durable calls on two processes over one PostgreSQL, while one of them, chosen at random, is killed and started again at
 * random moments. It prints what was lost, what nobody asked for and what came twice, and ends with 1 when there is
 * something that must not be. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pcrash -DskipTests package exec:exec -Dcrash.calls=100000 -Dcrash.kills=20
 * }</pre>
 *
 * <p>{@code -Dcrash.options=-Dcrash.seed=…} repeats a run as far as processes can be told when to die.
 */
public final class DurableCrash {

    private static final String KEY = "crash-admin-key-0123456789";
    private static final String SECRET_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final int LINES = 250;

    /** A thousand calls a second at most, so that there are calls under way all the time. */
    private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(250);

    private static final Duration LONGEST_END = Duration.ofMinutes(5);

    /** A request that a process sent before it died may be read by the provider a moment later. */
    private static final long SOON = Duration.ofSeconds(1).toNanos();

    private final int calls = Integer.getInteger("crash.calls", 100_000);
    private final int kills = Integer.getInteger("crash.kills", 20);
    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final CrashProvider provider = new CrashProvider();
    private final CrashClient client = new CrashClient(KEY);
    private final TestServer server = TestServer.start();
    private final String databaseName = server.newDatabase();
    private final Database database = server.open(databaseName);
    private final List<PackagedOnward> processes = new CopyOnWriteArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<Long> killedAt = new CopyOnWriteArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();

    private DurableCrash() {}

    /** Exits with 1 when a call was lost, was not asked for, came twice without a kill, or has not one outcome. */
    public static void main(String[] arguments) throws Exception {
        System.exit(new DurableCrash().run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        print("seed %d, %d calls, %d kills", seed, calls, kills);
        try {
            for (int i = 0; i < 2; i++) {
                folders.add(InTarget.folder());
                processes.add(start(folders.get(i)));
            }
            register();
            Thread killer = new Thread(this::killAgainAndAgain, "killer");
            killer.start();
            Map<Integer, String> accepted = accept();
            killer.join();
            boolean drained = awaitEmptyQueue();
            return report(accepted, drained);
        } finally {
            processes.forEach(PackagedOnward::close);
            provider.close();
            TestServer.close(database);
            server.close();
        }
    }

    private PackagedOnward start(Path folder) {
        Map<String, String> environment = new HashMap<>(server.environment(databaseName));
        environment.put("ONWARD_ADMIN_KEY", KEY);
        environment.put("ONWARD_EGRESS_ALLOW", "127.0.0.1");
        environment.put("ONWARD_EGRESS_SCHEMES", "https,http");
        environment.put("ONWARD_SECRET_KEYS", SECRET_KEY);
        environment.put("ONWARD_DISPATCH_LEASE", "PT3S");
        environment.put("ONWARD_DATABASE_POOL_SIZE", "10");
        return PackagedOnward.start(folder, environment, "-Xmx384m").awaitReady();
    }

    private void register() {
        String definition = """
                { "name": "Crash", "endpoint": { "url": "%s", "method": "POST" },
                  "parameters": { "number": { "type": "integer" } },
                  "request": { "payload": { "number": "${number}" } } }""".formatted(provider.url());
        int status =
                processes.get(0).client(KEY).post("/api/v1/actions", definition).status();
        if (status != 201) {
            throw new IllegalStateException("the action was not registered: " + status);
        }
    }

    private void killAgainAndAgain() {
        try {
            for (int kill = 1; kill <= kills; kill++) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
                int victim = random.nextInt(2);
                processes.get(victim).kill9();
                killedAt.add(System.nanoTime());
                processes.set(victim, start(folders.get(victim)));
                rounds.incrementAndGet();
                print(
                        "kill %d: process %d; %d bodies at the provider",
                        kill, victim, provider.arrivals().size());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Spreads the calls over the kills, so that each finds some under way. */
    private Map<Integer, String> accept() throws InterruptedException {
        Map<Integer, String> accepted = new HashMap<>();
        List<Integer> left = new ArrayList<>();
        int next = 0;
        while (accepted.size() < calls) {
            long may = (long) calls * (rounds.get() + 1) / (kills + 1);
            while (left.size() < LINES && next < Math.max(may, rounds.get() == kills ? calls : 0)) {
                left.add(next++);
            }
            if (left.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
                continue;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_CHUNKS.toMillis());
            Map<Integer, String> told = client.accept(port(), List.copyOf(left));
            accepted.putAll(told);
            left.removeAll(told.keySet());
        }
        return accepted;
    }

    /** Of either process; of one that is just starting none. */
    private int port() {
        try {
            return processes.get(random.nextInt(2)).port();
        } catch (NoSuchElementException starting) {
            return 1;
        }
    }

    private boolean awaitEmptyQueue() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_END.toNanos();
        while (count("SELECT count(*) FROM onward.durable_call") > 0 && end - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return count("SELECT count(*) FROM onward.durable_call") == 0;
    }

    private boolean report(Map<Integer, String> accepted, boolean drained) {
        Map<String, List<Arrival>> arrivals = provider.arrivals();
        Set<String> expected = new HashSet<>();
        int lost = 0;
        int keysDiffer = 0;
        int twice = 0;
        int twiceWithoutKill = 0;
        for (Map.Entry<Integer, String> call : accepted.entrySet()) {
            String body = "{\"number\":" + call.getKey() + "}";
            expected.add(body);
            List<Arrival> came = arrivals.getOrDefault(body, List.of());
            lost += came.isEmpty() ? 1 : 0;
            keysDiffer += came.stream().allMatch(arrival -> arrival.key().equals(call.getValue())) ? 0 : 1;
            twice += came.size() > 1 ? 1 : 0;
            twiceWithoutKill += came.size() > 1 && !isExplained(came) ? 1 : 0;
        }
        long unexpected = arrivals.keySet().stream()
                .filter(body -> !expected.contains(body))
                .count();
        print(
                "{\"seed\":%d,\"accepted\":%d,\"kills\":%d,\"lost\":%d,\"unexpected\":%d,\"duplicates\":%d,"
                        + "\"duplicatesWithoutKill\":%d,\"duplicatesWithOtherKey\":%d,\"queueEmpty\":%b}",
                seed, accepted.size(), kills, lost, unexpected, twice, twiceWithoutKill, keysDiffer, drained);
        boolean none = lost == 0 && unexpected == 0 && keysDiffer == 0 && twiceWithoutKill == 0;
        return hasOneOutcomeEach() && drained && none;
    }

    private boolean hasOneOutcomeEach() {
        int records = count("SELECT count(*) FROM onward.call_record");
        int succeeded = count("SELECT count(DISTINCT call_id) FROM onward.call_record WHERE outcome = 'succeeded'");
        print("{\"records\":%d,\"callsThatSucceeded\":%d}", records, succeeded);
        return records == calls && succeeded == calls;
    }

    /** Between two arrivals of one call a process was killed. */
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

    private int count(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
