package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallRequest;
import dev.onward.call.HttpMethod;
import dev.onward.call.Timer;
import dev.onward.egress.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;

/**
 * The limits of one sandbox that are in force, and how far they are used. Configurations come and go; what was sent
 * under them stays counted. Thread-safe.
 */
final class SandboxLimits {

    /** Of each host that no configuration is for, as in the model system. */
    static final CappingRule.Rate DEFAULT = new CappingRule.Rate(300_000, 60_000, OptionalInt.empty());

    private static final int MAX_HOSTS = 10_000;

    private final Timer timer;
    private final Function<UUID, SendInstants> instants;
    private final Map<UUID, DeployedCap> caps = new HashMap<>();
    private final Map<UUID, DeployedThrottle> throttles = new HashMap<>();
    private final Map<String, Cap> hosts = new HashMap<>();

    /** @param instants of a throttling, by its uid */
    SandboxLimits(Timer timer, Function<UUID, SendInstants> instants) {
        this.timer = timer;
        this.instants = instants;
    }

    private record DeployedCap(CappingRule rule, Cap cap) {}

    private record DeployedThrottle(ThrottlingRule rule, Throttle throttle) {}

    /** What a call has to pass. */
    record Applied(List<Cap> caps, List<Throttle> throttles) {}

    /** Takes what is in force now; counts of the same configurations go on. */
    synchronized void deploy(List<LimitConfig> deployed) {
        Map<UUID, DeployedCap> newCaps = new HashMap<>();
        Map<UUID, DeployedThrottle> newThrottles = new HashMap<>();
        for (LimitConfig config : deployed) {
            JsonNode document = LimitConfig.parsed(config.deployed().orElseThrow());
            if (config.kind() == LimitKind.CAPPING) {
                LimitReader.capping(document, new LimitCheck())
                        .ifPresent(rule -> cap(config.uid(), rule).ifPresent(cap -> newCaps.put(config.uid(), cap)));
            } else {
                LimitReader.throttling(document, new LimitCheck())
                        .ifPresent(rule -> newThrottles.put(config.uid(), throttle(config.uid(), rule)));
            }
        }
        caps.clear();
        caps.putAll(newCaps);
        throttles.clear();
        throttles.putAll(newThrottles);
    }

    private Optional<DeployedCap> cap(UUID uid, CappingRule rule) {
        return rule.action().map(rate -> {
            DeployedCap before = caps.get(uid);
            Cap cap = before == null ? new Cap(rate) : before.cap();
            cap.rate(rate);
            return new DeployedCap(rule, cap);
        });
    }

    private DeployedThrottle throttle(UUID uid, ThrottlingRule rule) {
        DeployedThrottle before = throttles.get(uid);
        Throttle throttle =
                before == null ? new Throttle(timer, rule.maxThroughput(), instants.apply(uid)) : before.throttle();
        throttle.pace(rule.maxThroughput());
        return new DeployedThrottle(rule, throttle);
    }

    /** Every limit that matches; without any, that of the host. */
    synchronized Applied applied(CallRequest request) {
        HttpMethod method = request.message().method();
        Destination destination = request.message().destination();
        List<Cap> matching = new ArrayList<>(1);
        for (DeployedCap each : caps.values()) {
            if (each.rule().isFor(method, destination)) {
                matching.add(each.cap());
            }
        }
        List<Throttle> slowing = new ArrayList<>(1);
        for (DeployedThrottle each : throttles.values()) {
            if (each.rule().isFor(method, destination)) {
                slowing.add(each.throttle());
            }
        }
        if (matching.isEmpty() && slowing.isEmpty()) {
            matching.add(hosts.computeIfAbsent(destination.host(), absent -> new Cap(DEFAULT)));
            forgetIdleHosts();
        }
        return new Applied(matching, slowing);
    }

    /** Takes one slot of each cap, or none; the cap without a slot, if there is one. */
    synchronized Optional<Cap> take(List<Cap> applied) {
        long now = timer.nanoTime();
        for (Cap cap : applied) {
            if (!cap.hasRoom(now)) {
                return Optional.of(cap);
            }
        }
        for (Cap cap : applied) {
            cap.add(now);
        }
        return Optional.empty();
    }

    /** How far a capping is used; empty when it is not in force here. */
    synchronized Optional<Cap> cap(UUID uid) {
        return Optional.ofNullable(caps.get(uid)).map(DeployedCap::cap);
    }

    /** How far a throttling is used; empty when it is not in force here. */
    synchronized Optional<Throttle> throttle(UUID uid) {
        return Optional.ofNullable(throttles.get(uid)).map(DeployedThrottle::throttle);
    }

    /** How many slots of a cap are used now. */
    synchronized int used(Cap cap) {
        return cap.used(timer.nanoTime());
    }

    /** Hosts under the default cap with the calls in their windows; those without any are left out. */
    synchronized Map<String, Integer> hostsInUse() {
        long now = timer.nanoTime();
        Map<String, Integer> used = new HashMap<>();
        hosts.forEach((host, cap) -> {
            if (cap.used(now) > 0) {
                used.put(host, cap.used(now));
            }
        });
        return used;
    }

    private void forgetIdleHosts() {
        if (hosts.size() > MAX_HOSTS) {
            long now = timer.nanoTime();
            hosts.values().removeIf(cap -> cap.used(now) == 0);
        }
    }
}
