package dev.onward.limit;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The turns of one throttle that have come and whose requests have not left yet, by lane: what came later waits for what
 * came before, so that they leave in their order. Guarded by its throttle's lock.
 */
final class UnderWay {

    private final Map<String, NavigableMap<Long, Turn>> lanes = new HashMap<>();

    /** A turn has come. The first of its lane are forgotten whom others need not wait for any more. */
    void add(Turn turn, long now) {
        NavigableMap<Long, Turn> lane = lanes.computeIfAbsent(turn.lane(), absent -> new TreeMap<>());
        while (!lane.isEmpty() && isOfNoAccount(lane.firstEntry().getValue(), now)) {
            lane.pollFirstEntry();
        }
        lane.put(turn.place(), turn);
    }

    private static boolean isOfNoAccount(Turn turn, long now) {
        return turn.isPassable(now) && !turn.hasFollower();
    }

    /** A turn's request has left, or will not leave by this turn; false when that is known. */
    boolean remove(Turn turn) {
        NavigableMap<Long, Turn> lane = lanes.get(turn.lane());
        if (lane == null || lane.remove(turn.place()) == null) {
            return false;
        }
        if (lane.isEmpty()) {
            lanes.remove(turn.lane());
        }
        return true;
    }

    /** Whether one that came before may still leave before this one. */
    boolean isBehind(Turn turn, long now) {
        for (Turn before : lane(turn.lane()).headMap(turn.place(), false).values()) {
            if (!before.isPassable(now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the lane lost its turn and did not come for another yet: whoever had the next would wait for it. */
    boolean isHeld(String lane, long now) {
        for (Turn turn : lane(lane).values()) {
            if (turn.isLost(now)) {
                return true;
            }
        }
        return false;
    }

    /** What waits for those before it and need not any longer: the first of the lane. It is forgotten. */
    Optional<Runnable> takeFollower(String lane, long now) {
        for (Turn turn : lane(lane).values()) {
            Optional<Runnable> follower = turn.takeFollower();
            if (follower.isPresent() || !turn.isPassable(now)) {
                return follower;
            }
        }
        return Optional.empty();
    }

    private NavigableMap<Long, Turn> lane(String name) {
        return lanes.getOrDefault(name, Collections.emptyNavigableMap());
    }
}
