package dev.onward.invocation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.onward.call.Admission;
import dev.onward.call.CallConfig;
import dev.onward.call.CallEngine;
import dev.onward.call.CallIds;
import dev.onward.call.CallRecorder;
import dev.onward.call.Ceiling;
import dev.onward.call.EngineParts;
import dev.onward.call.Timer;
import dev.onward.call.auth.Authenticator;
import dev.onward.call.auth.RefreshTokens;
import dev.onward.call.guard.HostGuards;
import dev.onward.call.http.OpenTelemetryTracing;
import dev.onward.call.http.Route;
import dev.onward.call.http.RouteConfig;
import dev.onward.call.http.TraceIds;
import dev.onward.call.http.Tracing;
import dev.onward.call.http.VertxTimer;
import dev.onward.call.http.VertxTransport;
import dev.onward.call.retry.RetryRule;
import dev.onward.egress.AddressResolver;
import dev.onward.egress.CheckedAddressResolver;
import dev.onward.egress.EgressPolicy;
import dev.onward.egress.RecentlyChecked;
import dev.onward.egress.name.JvmNameCache;
import dev.onward.egress.name.SystemNameResolver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the call engine together. */
final class InvocationBeans {

    private static final Logger LOG = Logger.getLogger(InvocationBeans.class);

    /** A look-up blocks its thread; this many names may be slow at once before others wait. */
    private static final int LOOKUP_THREADS = 64;

    private static final int MAX_LOOKUPS = 1_000;

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final Pausing pausing;

    InvocationBeans(Pausing pausing) {
        this.pausing = pausing;
    }

    @Produces
    @Singleton
    Timer timer(Vertx vertx) {
        return new VertxTimer(vertx);
    }

    @Produces
    @Singleton
    VertxTransport transport(Vertx vertx, EgressPolicy policy, Timer timer, RouteConfig config, Tracing tracing) {
        return new VertxTransport(vertx, resolver(policy), timer, Route.of(config), tracing);
    }

    @Produces
    @Singleton
    Tracing tracing(Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        return disabled ? new TraceIds(() -> ThreadLocalRandom.current().nextLong()) : new OpenTelemetryTracing(tracer);
    }

    /** Asked for at the start, so that a proxy or a trust store that cannot be used stops it. */
    void announce(@Observes StartupEvent start, VertxTransport transport) {
        LOG.infof("calls go out %s", transport.route().description());
    }

    void close(@Disposes VertxTransport transport) {
        transport.close();
    }

    @Produces
    @Singleton
    Authenticator authenticator(
            VertxTransport transport,
            RefreshTokens refreshTokens,
            Timer timer,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new Authenticator(transport, refreshTokens, timer, clock, "Onward/" + version);
    }

    /** What limits ask in turn; the engine asks the limits. */
    @Produces
    @Singleton
    @Typed(HostGuards.class)
    HostGuards guards(Timer timer, Clock clock) {
        return new HostGuards(timer, clock, RANDOM, new CircuitLog());
    }

    @Produces
    @Singleton
    EngineParts parts(
            VertxTransport transport, Authenticator authenticator, Admission admission, Timer timer, Clock clock) {
        return new EngineParts(transport, authenticator, admission, timer, clock, new RetryRule(RANDOM));
    }

    @Produces
    @Singleton
    CallEngine engine(EngineParts parts, HostGuards guards, CallConfig config, MeterRegistry registry) {
        Ceiling ceiling = Ceiling.of(config.maxInFlight().orElse(CallConfig.DEFAULT_MAX_IN_FLIGHT));
        CallEngine engine = new CallEngine(parts, ceiling);
        CallMetrics.watch(registry, engine, guards);
        return engine;
    }

    @Produces
    @Singleton
    CallIds callIds(Clock clock) {
        return new CallIds(clock, RANDOM);
    }

    @Produces
    @Singleton
    Invoker invoker(
            Authenticator authenticator,
            CallEngine engine,
            CallRecorder recorder,
            MeterRegistry registry,
            CallIds callIds,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new Invoker(
                        new RequestRenderer("Onward/" + version),
                        authenticator,
                        engine,
                        recorder,
                        callIds,
                        new CallMetrics(registry))
                .heeding(pausing);
    }

    private static AddressResolver resolver(EgressPolicy policy) {
        ExecutorService threads = Executors.newFixedThreadPool(LOOKUP_THREADS, InvocationBeans::lookupThread);
        AddressResolver checked = new CheckedAddressResolver(
                policy,
                new SystemNameResolver(threads, MAX_LOOKUPS),
                JvmNameCache.leaves(CheckedAddressResolver.MAX_AGE.minus(RecentlyChecked.MAX_AGE)),
                Ticker.systemTicker());
        return new RecentlyChecked(checked, Ticker.systemTicker());
    }

    private static Thread lookupThread(Runnable lookup) {
        Thread thread = new Thread(lookup, "onward-name-lookup");
        thread.setDaemon(true);
        return thread;
    }
}
