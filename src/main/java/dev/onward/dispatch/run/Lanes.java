package dev.onward.dispatch.run;

import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.Lane.Host;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which lanes have calls to be claimed, and whose turn it is: sandboxes share what is free, the lanes of a sandbox share its
 * part, and who was served goes to the end. Time is given, in monotonic nanoseconds. Thread-safe.
 */
public final class Lanes {

    /** As many calls as an open circuit lets through when it is time to see whether the host is well. */
    private static final int TRIED = 5;

    private final DispatchLimits limits;

    /** In the order of their turns. */
    private final Map<Sandbox, Group> groups = new LinkedHashMap<>();

    private int inFlight;

    Lanes(DispatchLimits limits) {
        this.limits = limits;
    }

    /** A lane has a call, or may have one. */
    public synchronized void ready(Lane lane) {
        state(lane).ready = true;
    }

    synchronized void ready(Collection<Lane> found) {
        found.forEach(lane -> state(lane).ready = true);
    }

    /**
     * Nothing of the lane's host is claimed before a time, or before a later one that was said already, and only a few
     * calls then, until one is let through.
     */
    synchronized void hold(Lane lane, long untilNanos) {
        HostState host = state(lane).host;
        host.heldUntil = host.isHeld ? host.heldUntil + Math.max(0, untilNanos - host.heldUntil) : untilNanos;
        host.isHeld = true;
        host.isTried = true;
    }

    /** The lane's host let a call through. */
    synchronized void letThrough(Lane lane) {
        state(lane).host.isTried = false;
    }

    /**
     * A call of the lane was let in: calls that would only wait for their turn are left in the queue, for others.
     *
     * @param waited for its turn
     * @return whether there is room for another now, and was none
     */
    synchronized boolean admitted(Lane lane, Duration waited) {
        State state = state(lane);
        boolean full = state.room() <= 0;
        state.window.admitted(waited, state.inFlight);
        return full && state.room() > 0;
    }

    /**
     * What to claim next; the lanes count as empty then until they are told otherwise.
     *
     * @param most calls in all
     * @param isPaused hosts whose lanes are passed over and stay ready
     */
    synchronized List<Want> next(int most, long now, Predicate<Host> isPaused) {
        forgetIdleHosts(now);
        int free = Math.min(most, limits.maxInFlight() - inFlight);
        List<Want> wants = new ArrayList<>();
        Map<Sandbox, Turn> turns = new LinkedHashMap<>();
        groups.forEach((sandbox, group) -> {
            Turn turn = new Turn(group, now, isPaused);
            if (!turn.lanes.isEmpty()) {
                turns.put(sandbox, turn);
            }
        });
        int waiting = turns.size();
        for (Map.Entry<Sandbox, Turn> turn : turns.entrySet()) {
            if (free <= 0) {
                break;
            }
            Group group = turn.getValue().group;
            int share = Math.min(Math.max(1, free / waiting), limits.perSandbox() - group.inFlight);
            int wanted = turn.getValue().want(share, wants);
            free -= wanted;
            waiting--;
            if (wanted > 0) {
                groups.remove(turn.getKey());
                groups.put(turn.getKey(), group);
            }
        }
        return wants;
    }

    /** What came of a wish: a lane that gave all that was asked for may have more. */
    synchronized void claimed(Want want, int calls) {
        State state = state(want.lane());
        state.ready |= calls >= want.most();
        add(want.lane(), calls);
        forgetIdle(want.lane());
    }

    /** Calls that were claimed regardless of turns. */
    synchronized void claimed(Lane lane) {
        add(lane, 1);
    }

    /** A claimed call is this process's no more. */
    synchronized void ended(Lane lane) {
        add(lane, -1);
        forgetIdle(lane);
    }

    synchronized int inFlight() {
        return inFlight;
    }

    private void add(Lane lane, int calls) {
        State state = state(lane);
        state.inFlight += calls;
        state.host.inFlight += calls;
        group(lane.sandbox()).inFlight += calls;
        inFlight += calls;
    }

    private void forgetIdle(Lane lane) {
        Group group = group(lane.sandbox());
        State state = state(lane);
        if (state.inFlight > 0 || state.ready) {
            return;
        }
        group.lanes.remove(lane);
        state.host.lanes--;
        if (state.host.lanes == 0 && !state.host.isHeld) {
            group.hosts.remove(lane.host());
        }
        if (group.hosts.isEmpty()) {
            groups.remove(lane.sandbox());
        }
    }

    /** Hosts are remembered as long as they are held, also without calls. */
    private void forgetIdleHosts(long now) {
        groups.values().forEach(group -> group.hosts.values().removeIf(host -> host.lanes == 0 && !host.isHeld(now)));
        groups.values().removeIf(group -> group.hosts.isEmpty());
    }

    private Group group(Sandbox sandbox) {
        return groups.computeIfAbsent(sandbox, name -> new Group());
    }

    private State state(Lane lane) {
        Group group = group(lane.sandbox());
        return group.lanes.computeIfAbsent(lane, name -> {
            HostState host = group.hosts.computeIfAbsent(lane.host(), other -> new HostState());
            host.lanes++;
            return new State(host);
        });
    }

    private static final class Group {
        private final Map<Lane, State> lanes = new LinkedHashMap<>();
        private final Map<Host, HostState> hosts = new HashMap<>();
        private int inFlight;
    }

    private final class HostState {
        private int lanes;
        private boolean isHeld;
        private long heldUntil;
        private boolean isTried;
        private int inFlight;

        int room() {
            return (isTried ? Math.min(TRIED, limits.perHost()) : limits.perHost()) - inFlight;
        }

        boolean isHeld(long now) {
            isHeld = isHeld && heldUntil - now > 0;
            return isHeld;
        }

        boolean isOpen(long now) {
            return !isHeld(now) && room() > 0;
        }
    }

    private static final class State {
        private final HostState host;
        private final LaneWindow window = new LaneWindow();
        private boolean ready;
        private int inFlight;

        private State(HostState host) {
            this.host = host;
        }

        int room() {
            return window.most() - inFlight;
        }
    }

    /** What the lanes of one sandbox want. Used once. */
    private final class Turn {
        private final Group group;
        private final Map<Lane, State> lanes = new LinkedHashMap<>();

        /** How many lanes of a host have not been asked yet, and how many calls of it are wanted. */
        private final Map<HostState, int[]> hosts = new HashMap<>();

        private Turn(Group group, long now, Predicate<Host> isPaused) {
            this.group = group;
            if (group.inFlight >= limits.perSandbox()) {
                return;
            }
            group.lanes.forEach((lane, state) -> {
                boolean may = state.ready && state.room() > 0 && state.host.isOpen(now);
                if (may && !isPaused.test(lane.host())) {
                    lanes.put(lane, state);
                    hosts.computeIfAbsent(state.host, host -> new int[2])[0]++;
                }
            });
        }

        /** Gives how many calls are wanted. */
        int want(int share, List<Want> wants) {
            int left = share;
            int waiting = lanes.size();
            for (Map.Entry<Lane, State> lane : lanes.entrySet()) {
                if (left <= 0) {
                    break;
                }
                int wanted = Math.min(Math.max(1, left / waiting), partOfHost(lane.getValue()));
                waiting--;
                if (wanted > 0) {
                    wants.add(new Want(lane.getKey(), wanted));
                    lane.getValue().ready = false;
                    group.lanes.remove(lane.getKey());
                    group.lanes.put(lane.getKey(), lane.getValue());
                    left -= wanted;
                }
            }
            return share - left;
        }

        private int partOfHost(State state) {
            int[] host = hosts.getOrDefault(state.host, new int[2]);
            int room = state.host.room() - host[1];
            int part = Math.min(state.room(), room <= 0 ? 0 : Math.max(1, room / host[0]));
            host[0]--;
            host[1] += Math.max(0, part);
            return Math.max(0, part);
        }
    }
}
