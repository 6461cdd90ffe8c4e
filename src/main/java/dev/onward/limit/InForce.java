package dev.onward.limit;

import dev.onward.call.CallId;
import dev.onward.call.HttpMethod;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The configurations of one sandbox that are in force at one time, by the hosts that they are for: a call is compared
 * with those of its own host alone. Immutable.
 */
final class InForce {

    private final Map<Origin, Host> hosts = new HashMap<>();
    private final Map<UUID, Cap> caps = new HashMap<>();
    private final Map<UUID, Throttle> throttles = new HashMap<>();
    private final Set<String> paced = new HashSet<>();

    InForce(List<Capping> cappings, List<Throttling> throttlings) {
        for (Capping each : cappings) {
            caps.put(each.uid(), each.cap());
            host(each.rule().url()).cappings().add(each);
        }
        for (Throttling each : throttlings) {
            throttles.put(each.uid(), each.throttle());
            paced.add(each.rule().url().origin().origin());
            host(each.rule().url()).throttlings().add(each);
        }
    }

    /** A capping, and what it counts. */
    record Capping(UUID uid, CappingRule rule, Cap cap) {}

    /**
     * A throttling, and who waits for it.
     *
     * @param entering whether a call may come under it that its rule is for
     */
    record Throttling(UUID uid, ThrottlingRule rule, Throttle throttle, Predicate<CallId> entering) {}

    private record Origin(Scheme scheme, String host, int port) {
        static Origin of(Destination destination) {
            return new Origin(destination.scheme(), destination.host(), destination.port());
        }
    }

    private record Host(List<Capping> cappings, List<Throttling> throttlings) {}

    /** Every limit that matches, in the order in which they were made. */
    SandboxLimits.Applied matching(CallId call, HttpMethod method, Destination destination) {
        Host host = hosts.get(Origin.of(destination));
        if (host == null) {
            return new SandboxLimits.Applied(List.of(), List.of());
        }
        List<Cap> refusing = new ArrayList<>(1);
        for (Capping each : host.cappings()) {
            if (each.rule().isFor(method, destination)) {
                refusing.add(each.cap());
            }
        }
        List<Throttle> slowing = new ArrayList<>(1);
        for (Throttling each : host.throttlings()) {
            if (each.rule().isFor(method, destination) && each.entering().test(call)) {
                slowing.add(each.throttle());
            }
        }
        return new SandboxLimits.Applied(refusing, slowing);
    }

    /** Whether a throttling is for the origin, or for a part of it. */
    boolean isPaced(String origin) {
        return paced.contains(origin);
    }

    Optional<Cap> cap(UUID uid) {
        return Optional.ofNullable(caps.get(uid));
    }

    Optional<Throttle> throttle(UUID uid) {
        return Optional.ofNullable(throttles.get(uid));
    }

    private Host host(UrlPattern url) {
        return hosts.computeIfAbsent(
                Origin.of(url.origin()), absent -> new Host(new ArrayList<>(1), new ArrayList<>(1)));
    }
}
