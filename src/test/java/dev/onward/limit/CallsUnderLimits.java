package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallEngine;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.guard.HostGuards;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.LongestDelay;
import dev.onward.testsupport.ScriptedTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Calls to one provider under limits, over a scripted transport and a clock that a test moves. Of one test each. */
abstract class CallsUnderLimits {

    static final Destination PROVIDER = new Destination(Scheme.HTTPS, "api.example.com", 443, "/v1/send", "");
    static final LimitConfig.Stamp STAMP = new LimitConfig.Stamp(Instant.EPOCH, "a");
    static final String CAP = """
            { "url": "https://api.example.com/v1/*", "methods": ["POST"],
              "services": { "action": { "rating": { "maxCallsCount": %d, "periodInMs": 1000 } %s } } }""";
    static final String THROTTLING = """
            { "urlPattern": "https://api.example.com/*", "methods": ["POST"], "maxThroughput": %d }""";

    final FakeTimer timer = new FakeTimer();
    final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    final SandboxLimits limits = new SandboxLimits(
            new SandboxLimits.Parts(Sandbox.DEFAULT, timer, uid -> new LocalInstants(timer), Optional.empty()));
    final MeterRegistry meters = new SimpleMeterRegistry();
    CompletableFuture<SandboxLimits> known = CompletableFuture.completedFuture(limits);
    private final CallEngine engine = engine();

    private CallEngine engine() {
        HostGuards guards = new HostGuards(timer, clock, new LongestDelay(), Engines.SILENCE);
        LimitedAdmission admission = new LimitedAdmission(this::limits, guards, timer, new LimitMetrics(meters));
        return Engines.admitting(admission, transport, timer, clock, 1_000);
    }

    private CompletableFuture<SandboxLimits> limits(Sandbox sandbox) {
        return known;
    }

    void deploy(LimitConfig... configs) {
        limits.deploy(new LimitStore.Deployed(List.of(configs), List.of(), Instant.EPOCH))
                .run();
    }

    static LimitConfig config(LimitKind kind, String document) {
        return new LimitConfig(
                UUID.randomUUID(),
                Sandbox.DEFAULT,
                kind,
                document,
                Optional.of(document),
                "deployed",
                STAMP,
                STAMP,
                Optional.of(STAMP));
    }

    CallResult call() {
        return call(Calls.to(PROVIDER));
    }

    CallResult call(Calls call) {
        CompletableFuture<CallResult> begun = begin(call);
        timer.advance(Duration.ZERO);
        assertThat(begun).isCompleted();
        return begun.join();
    }

    void start() {
        Engines.call(engine, Calls.to(PROVIDER).build());
    }

    CompletableFuture<CallResult> begin() {
        return begin(Calls.to(PROVIDER));
    }

    CompletableFuture<CallResult> begin(Calls call) {
        CallRequest request = call.build();
        return Engines.call(engine, request).toCompletableFuture();
    }
}
