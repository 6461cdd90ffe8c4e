package dev.onward.dispatch;

import dev.onward.call.CallId;
import dev.onward.call.CallIds;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.call.HttpMethod;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.DurableCall.Target;
import dev.onward.dispatch.store.Lane;
import dev.onward.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Builds durable calls with sound defaults. Immutable. */
public record DurableCallBuilder(
        String sandbox,
        String host,
        String profile,
        boolean atMostOnce,
        Duration maxAge,
        Optional<String> instance,
        String journey,
        Optional<String> callback) {

    private static final CallIds IDS = new CallIds(Clock.systemUTC(), new Random());

    public static DurableCallBuilder call() {
        return new DurableCallBuilder(
                "prod",
                "https://provider.test:443",
                "p-1",
                false,
                Duration.ofHours(6),
                Optional.empty(),
                "",
                Optional.empty());
    }

    public DurableCallBuilder in(String other) {
        return new DurableCallBuilder(other, host, profile, atMostOnce, maxAge, instance, journey, callback);
    }

    public DurableCallBuilder to(String other) {
        return new DurableCallBuilder(sandbox, other, profile, atMostOnce, maxAge, instance, journey, callback);
    }

    public DurableCallBuilder of(String person) {
        return new DurableCallBuilder(sandbox, host, person, atMostOnce, maxAge, instance, journey, callback);
    }

    public DurableCallBuilder sentAtMostOnce() {
        return new DurableCallBuilder(sandbox, host, profile, true, maxAge, instance, journey, callback);
    }

    public DurableCallBuilder endsAfter(Duration age) {
        return new DurableCallBuilder(sandbox, host, profile, atMostOnce, age, instance, journey, callback);
    }

    /** As a step of an instance. */
    public DurableCallBuilder inInstance(String id) {
        return new DurableCallBuilder(sandbox, host, profile, atMostOnce, maxAge, Optional.of(id), "Journey", callback);
    }

    /** Of a journey, which does not wait for it. */
    public DurableCallBuilder ofJourney(String name) {
        return new DurableCallBuilder(sandbox, host, profile, atMostOnce, maxAge, instance, name, callback);
    }

    /** Whose end is told to a URL. */
    public DurableCallBuilder tells(String url) {
        return new DurableCallBuilder(sandbox, host, profile, atMostOnce, maxAge, instance, journey, Optional.of(url));
    }

    public DurableCall build() {
        CallId id = IDS.next();
        return new DurableCall(
                id,
                new Lane(new Sandbox(sandbox), host, "Sms", journey),
                "Sms",
                1,
                new CallOrigin(
                        instance.isPresent() ? Optional.empty() : Optional.of("key-1"),
                        Optional.of(profile),
                        Optional.of(journey).filter(name -> !name.isEmpty()),
                        instance.map(any -> "step"),
                        instance),
                new Target(HttpMethod.POST, "https://provider.test/v1", "provider.test"),
                "{\"arguments\":{}}",
                atMostOnce,
                id.madeAt().plus(maxAge),
                CallLinks.NONE,
                OptionalInt.empty(),
                callback);
    }
}
