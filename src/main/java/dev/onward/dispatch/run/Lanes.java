package dev.onward.dispatch.run;

import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Nothing of the lane is claimed before a time, and only a few calls then, until one is let through. */
    synchronized void hold(Lane lane, long untilNanos) {
        State state = state(lane);
        state.isHeld = true;
        state.heldUntil = untilNanos;
        state.isTried = true;
    }

    /** A call of the lane was let through. */
    synchronized void letThrough(Lane lane) {
        state(lane).isTried = false;
    }

    /**
     * What to claim next; the lanes count as empty then until they are told otherwise.
     *
     * @param most calls in all
     * @param isPaused lanes that are passed over and stay ready
     */
    synchronized List<Want> next(int most, long now, Predicate<Lane> isPaused) {
        int free = Math.min(most, limits.maxInFlight() - inFlight);
        List<Want> wants = new ArrayList<>();
        List<Sandbox> turn = new ArrayList<>(groups.keySet());
        turn.removeIf(sandbox -> group(sandbox).claimable(now, isPaused).isEmpty());
        int waiting = turn.size();
        for (Sandbox sandbox : turn) {
            if (free <= 0) {
                break;
            }
            Group group = group(sandbox);
            int share = Math.min(Math.max(1, free / waiting), limits.perSandbox() - group.inFlight);
            int wanted = group.want(share, now, isPaused, wants);
            free -= wanted;
            waiting--;
            if (wanted > 0) {
                groups.remove(sandbox);
                groups.put(sandbox, group);
            }
        }
        return wants;
    }

    /** What came of a wish: a lane that gave all that was asked for may have more. */
    synchronized void claimed(Want want, int calls) {
        State state = state(want.lane());
        state.ready |= calls >= want.most();
        state.inFlight += calls;
        group(want.lane().sandbox()).inFlight += calls;
        inFlight += calls;
    }

    /** Calls that were claimed regardless of turns. */
    synchronized void claimed(Lane lane) {
        claimed(new Want(lane, Integer.MAX_VALUE), 1);
    }

    /** A claimed call is this process's no more. */
    synchronized void ended(Lane lane) {
        State state = state(lane);
        Group group = group(lane.sandbox());
        state.inFlight--;
        group.inFlight--;
        inFlight--;
        if (state.inFlight == 0 && !state.ready && !state.isHeld) {
            group.lanes.remove(lane);
            if (group.lanes.isEmpty()) {
                groups.remove(lane.sandbox());
            }
        }
    }

    synchronized int inFlight() {
        return inFlight;
    }

    private Group group(Sandbox sandbox) {
        return groups.computeIfAbsent(sandbox, name -> new Group());
    }

    private State state(Lane lane) {
        return group(lane.sandbox()).lanes.computeIfAbsent(lane, name -> new State());
    }

    private final class State {
        private boolean ready;
        private boolean isHeld;
        private long heldUntil;
        private boolean isTried;
        private int inFlight;

        int room() {
            return (isTried ? Math.min(TRIED, limits.perLane()) : limits.perLane()) - inFlight;
        }

        boolean isClaimable(long now) {
            isHeld = isHeld && heldUntil - now > 0;
            return ready && !isHeld;
        }
    }

    private final class Group {
        private final Map<Lane, State> lanes = new LinkedHashMap<>();
        private int inFlight;

        List<Lane> claimable(long now, Predicate<Lane> isPaused) {
            if (inFlight >= limits.perSandbox()) {
                return List.of();
            }
            return lanes.entrySet().stream()
                    .filter(lane -> lane.getValue().isClaimable(now)
                            && lane.getValue().room() > 0
                            && !isPaused.test(lane.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Gives how many calls are wanted. */
        int want(int share, long now, Predicate<Lane> isPaused, List<Want> wants) {
            List<Lane> turn = claimable(now, isPaused);
            int left = share;
            int waiting = turn.size();
            for (Lane lane : turn) {
                if (left <= 0) {
                    break;
                }
                State state = state(lane);
                int wanted = Math.min(Math.max(1, left / waiting), state.room());
                wants.add(new Want(lane, wanted));
                state.ready = false;
                lanes.remove(lane);
                lanes.put(lane, state);
                left -= wanted;
                waiting--;
            }
            return share - left;
        }
    }
}
