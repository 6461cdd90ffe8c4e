package dev.onward.testsupport;

import dev.onward.call.CallEngine;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.Ceiling;
import dev.onward.call.Timer;
import dev.onward.call.Transport;
import dev.onward.call.auth.Authenticator;
import dev.onward.call.auth.RefreshTokens;
import dev.onward.call.guard.CircuitListener;
import dev.onward.call.guard.HostGuards;
import dev.onward.call.guard.HostKey;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Call engines with the guards of production and room for many calls. */
public final class Engines {

    /** Hears of circuits and does nothing. */
    public static final CircuitListener SILENCE = new Silence();

    private static final int ROOM = 100_000;

    private Engines() {}

    public static CallEngine of(Transport transport, Timer timer, Clock clock, RandomGenerator random) {
        HostGuards guards = new HostGuards(timer, clock, random, SILENCE);
        return new CallEngine(
                transport, authenticator(transport, timer, clock), guards, timer, clock, random, Ceiling.of(ROOM));
    }

    /** An engine at its ceiling. */
    public static CallEngine full(Transport transport, Timer timer, Clock clock) {
        HostGuards guards = new HostGuards(timer, clock, new LongestDelay(), SILENCE);
        CallEngine engine = new CallEngine(
                transport,
                authenticator(transport, timer, clock),
                guards,
                timer,
                clock,
                new LongestDelay(),
                Ceiling.of(1));
        var taken = engine.tryEnter();
        if (taken.isEmpty()) {
            throw new IllegalStateException("a new engine has a place");
        }
        return engine;
    }

    /** What signs requests for a transport. */
    public static Authenticator authenticator(Transport transport, Timer timer, Clock clock) {
        return new Authenticator(transport, RefreshTokens.NONE, timer, clock, "Onward/test");
    }

    /** Makes a call, for which there is room. */
    public static CompletionStage<CallResult> call(CallEngine engine, CallRequest request) {
        return engine.call(request, engine.tryEnter().orElseThrow());
    }

    private static final class Silence implements CircuitListener {

        @Override
        public void opened(HostKey host) {}

        @Override
        public void closed(HostKey host) {}
    }
}
