package dev.onward.invocation;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallEngine;
import dev.onward.call.CallRecord;
import dev.onward.call.guard.HostGuards;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts calls and attempts for operators. Thread-safe. */
final class CallMetrics {

    private final MeterRegistry registry;

    /** Meters are looked up here, not in the registry, which would build their whole name for each call. */
    private final Map<Key, Counter> calls = new ConcurrentHashMap<>();

    private final Map<Key, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, Counter> attempts = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how full the engine is and which part of the world is broken. */
    static void watch(MeterRegistry registry, CallEngine engine, HostGuards guards) {
        Gauge.builder("onward.calls.in.flight", engine, CallEngine::inFlight)
                .description("Calls under way, those included that wait for a place of their endpoint")
                .register(registry);
        Gauge.builder("onward.circuits.open", guards, HostGuards::openCircuits)
                .description("Hosts whose circuit is not closed: their calls fail at once, but for a few probes")
                .register(registry);
    }

    void count(CallRecord record) {
        String sandbox = record.sandbox().name();
        calls.computeIfAbsent(new Key(sandbox, record.action(), record.outcome().wireName()), this::counter)
                .increment();
        durations
                .computeIfAbsent(new Key(sandbox, record.action(), ""), this::timer)
                .record(record.elapsed());
        for (AttemptRecord attempt : record.attempts()) {
            attempts.computeIfAbsent(statusClass(attempt), this::attemptCounter).increment();
        }
    }

    private Counter counter(Key key) {
        return Counter.builder("onward.calls")
                .description("Calls by how they ended")
                .tags("sandbox", key.sandbox(), "action", key.action(), "outcome", key.outcome())
                .register(registry);
    }

    private Timer timer(Key key) {
        return Timer.builder("onward.call.duration")
                .description("From the start of a call to its end, all attempts together")
                .tags("sandbox", key.sandbox(), "action", key.action())
                .publishPercentileHistogram()
                .register(registry);
    }

    private Counter attemptCounter(String statusClass) {
        return Counter.builder("onward.attempts")
                .description("Attempts by the class of the answer's status; none when no answer came")
                .tag("status", statusClass)
                .register(registry);
    }

    private static String statusClass(AttemptRecord attempt) {
        return attempt.status().isPresent() ? attempt.status().getAsInt() / 100 + "xx" : "none";
    }

    private record Key(String sandbox, String action, String outcome) {}
}
