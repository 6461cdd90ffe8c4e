package dev.onward.testsupport;

import dev.onward.call.Admission;
import dev.onward.call.CallEngine;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.Ceiling;
import dev.onward.call.EngineParts;
import dev.onward.call.Timer;
import dev.onward.call.Transport;
import dev.onward.call.auth.Authenticator;
import dev.onward.call.auth.RefreshTokens;
import dev.onward.call.guard.CircuitListener;
import dev.onward.call.guard.HostGuards;
import dev.onward.call.guard.HostKey;
import dev.onward.call.retry.RetryRule;
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
        return engine(transport, new HostGuards(timer, clock, random, SILENCE), timer, clock, random, ROOM);
    }

    /** An engine with another admission, whose retries wait as long as they may. */
    public static CallEngine admitting(
            Admission admission, Transport transport, Timer timer, Clock clock, int maxInFlight) {
        return engine(transport, admission, timer, clock, new LongestDelay(), maxInFlight);
    }

    private static CallEngine engine(
            Transport transport, Admission admission, Timer timer, Clock clock, RandomGenerator random, int room) {
        Authenticator authenticator = new Authenticator(transport, RefreshTokens.NONE, timer, clock, "Onward/test");
        RetryRule rule = new RetryRule(random);
        return new CallEngine(
                new EngineParts(transport, authenticator, admission, timer, clock, rule), Ceiling.of(room));
    }

    /** An engine at its ceiling. */
    public static CallEngine full(Transport transport, Timer timer, Clock clock) {
        HostGuards guards = new HostGuards(timer, clock, new LongestDelay(), SILENCE);
        CallEngine engine = admitting(guards, transport, timer, clock, 1);
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
