package dev.onward.invocation;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts calls and attempts for operators. Thread-safe. */
final class CallMetrics {

    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(CallRecord record) {
        String sandbox = record.sandbox().name();
        registry.counter(
                        "onward.calls",
                        "sandbox",
                        sandbox,
                        "action",
                        record.action(),
                        "outcome",
                        record.outcome().wireName())
                .increment();
        Timer.builder("onward.call.duration")
                .description("From the start of a call to its end, all attempts together")
                .tag("sandbox", sandbox)
                .tag("action", record.action())
                .publishPercentileHistogram()
                .register(registry)
                .record(record.elapsed());
        record.attempts()
                .forEach(attempt -> registry.counter("onward.attempts", "status", statusClass(attempt))
                        .increment());
    }

    private static String statusClass(AttemptRecord attempt) {
        return attempt.status().isPresent() ? attempt.status().getAsInt() / 100 + "xx" : "none";
    }
}
