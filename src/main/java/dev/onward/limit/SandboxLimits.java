package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallRequest;
import dev.onward.call.HttpMethod;
import dev.onward.call.Timer;
import dev.onward.egress.Destination;
import dev.onward.limit.ThrottleDrains.Drain;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The limits of one sandbox that are in force, and how far they are used. Configurations come and go; what was sent
 * under them stays counted. Thread-safe.
 */
final class SandboxLimits {

    /** Of each host that no configuration is for, as in the model system. */
    static final CappingRule.Rate DEFAULT = new CappingRule.Rate(300_000, 60_000, OptionalInt.empty());

    private static final int MAX_HOSTS = 10_000;
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000L;

    private final Parts parts;
    private final Timer timer;
    private final Map<UUID, Cap> caps = new HashMap<>();
    private final Map<UUID, Throttle> throttles = new HashMap<>();
    private final Map<String, Cap> hosts = new ConcurrentHashMap<>();
    private volatile long hostsSeenAt;
    private volatile InForce inForce = new InForce(List.of(), List.of());

    /**
     * What it works with.
     *
     * @param instants of a throttling, by its uid
     * @param shares of cappings; empty when this process is alone on its database
     */
    record Parts(Sandbox sandbox, Timer timer, Function<UUID, SendInstants> instants, Optional<CapShares> shares) {}

    SandboxLimits(Parts parts) {
        this.parts = parts;
        this.timer = parts.timer();
        this.hostsSeenAt = timer.nanoTime() - BETWEEN_LOOKS_NANOS;
    }

    /** What a call has to pass. */
    record Applied(List<Cap> caps, List<Throttle> throttles) {}

    /**
     * Takes what is in force now. Counts of the same configurations go on, also of one that was undeployed between.
     *
     * @return what is to be done outside of all locks: calls may go at another pace
     */
    synchronized Runnable deploy(LimitStore.Deployed known) {
        List<InForce.Capping> newCaps = new ArrayList<>();
        List<InForce.Throttling> newThrottles = new ArrayList<>();
        for (LimitConfig config : known.deployed()) {
            JsonNode document = LimitConfig.parsed(config.deployed().orElseThrow());
            if (config.kind() == LimitKind.CAPPING) {
                LimitReader.capping(document, new LimitCheck())
                        .ifPresent(rule -> rule.action()
                                .ifPresent(rate ->
                                        newCaps.add(new InForce.Capping(config.uid(), rule, cap(config.uid(), rate)))));
            } else {
                LimitReader.throttling(document, new LimitCheck())
                        .ifPresent(rule -> newThrottles.add(new InForce.Throttling(
                                config.uid(), rule, throttle(config.uid(), rule), call -> true)));
            }
        }
        known.drains().forEach(drain -> draining(drain, known.readAt()).ifPresent(newThrottles::add));
        inForce = new InForce(newCaps, newThrottles);
        forgetIdle();
        List<Throttle> paced =
                newThrottles.stream().map(InForce.Throttling::throttle).toList();
        return () -> paced.forEach(Throttle::serve);
    }

    /** For calls that were made before it was undeployed, as long as it drains. */
    private Optional<InForce.Throttling> draining(Drain drain, Instant readAt) {
        long end = timer.nanoTime()
                + Duration.between(readAt, drain.since().plus(ThrottleDrains.DRAINS))
                        .toNanos();
        return LimitReader.throttling(LimitConfig.parsed(drain.document()), new LimitCheck())
                .map(rule -> new InForce.Throttling(
                        drain.uid(),
                        rule,
                        throttle(drain.uid(), rule),
                        call -> call.madeAt().isBefore(drain.since()) && end - timer.nanoTime() > 0));
    }

    private Cap cap(UUID uid, CappingRule.Rate rate) {
        Cap cap = caps.computeIfAbsent(uid, absent -> shared(new Cap(rate), uid.toString()));
        cap.rate(rate);
        return cap;
    }

    private Throttle throttle(UUID uid, ThrottlingRule rule) {
        Throttle throttle = throttles.computeIfAbsent(
                uid,
                absent -> new Throttle(
                        timer, rule.maxThroughput(), parts.instants().apply(uid)));
        throttle.pace(rule.maxThroughput(), rule.weights());
        return throttle;
    }

    /** What was undeployed is remembered while it still counts something or somebody waits for it. */
    private void forgetIdle() {
        long now = timer.nanoTime();
        caps.entrySet().removeIf(each -> inForce.cap(each.getKey()).isEmpty() && isForgotten(each.getValue(), now));
        throttles
                .entrySet()
                .removeIf(each -> inForce.throttle(each.getKey()).isEmpty()
                        && each.getValue().isIdle());
    }

    /** Every limit that matches; without any, that of the host. */
    Applied applied(CallRequest request) {
        HttpMethod method = request.message().method();
        Destination destination = request.message().destination();
        Applied matching = inForce.matching(request.id(), method, destination);
        if (matching.caps().isEmpty() && matching.throttles().isEmpty()) {
            return new Applied(List.of(host(destination.host())), List.of());
        }
        return matching;
    }

    /** Whether a throttling is for the origin, or for a part of it. */
    boolean isPaced(String origin) {
        return inForce.isPaced(origin);
    }

    private Cap host(String name) {
        long now = timer.nanoTime();
        if (hosts.size() > MAX_HOSTS && now - hostsSeenAt > BETWEEN_LOOKS_NANOS) {
            hostsSeenAt = now;
            forgetIdleHosts();
        }
        // Each process counts for itself: nobody asked for this one, and dividing it would refuse calls far below it.
        return hosts.computeIfAbsent(name, absent -> new Cap(DEFAULT));
    }

    private Cap shared(Cap cap, String name) {
        return parts.shares()
                .map(shares -> cap.sharing(shares.share(name, cap::rate, () -> used(cap))))
                .orElse(cap);
    }

    private boolean isForgotten(Cap cap, long now) {
        if (!cap.isIdle(now)) {
            return false;
        }
        parts.shares().ifPresent(shares -> cap.share().ifPresent(shares::drop));
        return true;
    }

    /** Whether this process's share of the cap is known. */
    boolean isKnown(Cap cap) {
        return parts.shares().isEmpty() || cap.share().map(CapShare::isKnown).orElse(true);
    }

    /** Runs what is given when this process's share of the cap is known: mostly at once. */
    void whenKnown(Cap cap, Runnable next) {
        if (parts.shares().isPresent() && cap.share().isPresent()) {
            parts.shares().get().whenKnown(cap.share().get(), next);
        } else {
            next.run();
        }
    }

    /** A call found no slot; perhaps another process has some that it does not need. */
    void refused(Cap cap) {
        parts.shares().ifPresent(shares -> cap.share().ifPresent(shares::refused));
    }

    /**
     * One slot of each cap, or none.
     *
     * @param at when they were taken, by the engine's timer
     * @param full a cap without a slot; then none was taken
     */
    record Slots(long at, Optional<Cap> full) {}

    /** Takes one slot of each cap, or none. */
    synchronized Slots take(List<Cap> applied) {
        long now = timer.nanoTime();
        for (Cap cap : applied) {
            if (!cap.hasRoom(now)) {
                return new Slots(now, Optional.of(cap));
            }
        }
        applied.forEach(Cap::take);
        return new Slots(now, Optional.empty());
    }

    /** What took its slots is sent now. */
    synchronized void sent(List<Cap> applied) {
        long now = timer.nanoTime();
        applied.forEach(cap -> cap.sent(now));
    }

    /** Takes slots for what is sent once more, also when there are none; tells when, by the engine's timer. */
    synchronized long takeAgain(List<Cap> applied) {
        applied.forEach(Cap::take);
        return timer.nanoTime();
    }

    /** What took its slots then is not sent. */
    synchronized void givenUp(List<Cap> applied, long takenAt) {
        applied.forEach(cap -> cap.givenUp(takenAt));
    }

    /** How far a capping is used; empty when it is not in force here. */
    Optional<Cap> cap(UUID uid) {
        return inForce.cap(uid);
    }

    /** How far a throttling is used; empty when it is not in force here. */
    Optional<Throttle> throttle(UUID uid) {
        return inForce.throttle(uid);
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

    /** How many calls wait, also for what was undeployed. */
    synchronized int waiting() {
        int connections =
                caps.values().stream().mapToInt(cap -> cap.places().waiting()).sum();
        return connections
                + throttles.values().stream().mapToInt(Throttle::waiting).sum();
    }

    private synchronized void forgetIdleHosts() {
        long now = timer.nanoTime();
        hosts.values().removeIf(cap -> cap.isIdle(now));
    }
}
