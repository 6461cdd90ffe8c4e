package dev.onward.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Those who wait for their turns at one throttle. Within a lane first come, first served; the lanes take turns, as many in
 * a row as their weights say, so that a busy one starves nobody. Guarded by its throttle's lock.
 */
final class WaitingTurns {

    /** In the order of their turns. None is empty. */
    private final Map<String, NavigableMap<Long, Turn>> lanes = new LinkedHashMap<>();

    private Map<String, Integer> weights = Map.of();
    private int size;

    /** The lane that had the last turns, and how many in a row. */
    private String served = "";

    private int turnsInARow;

    /** How many turns each lane has in a row; one that is not named has one. */
    void weigh(Map<String, Integer> byLane) {
        weights = byLane;
    }

    void add(Turn turn) {
        lanes.computeIfAbsent(turn.lane(), absent -> new TreeMap<>()).put(turn.place(), turn);
        size++;
    }

    /** Removes one that may be here. */
    void remove(Turn turn) {
        NavigableMap<Long, Turn> lane = lanes.get(turn.lane());
        if (lane != null && lane.remove(turn.place(), turn)) {
            size--;
            if (lane.isEmpty()) {
                lanes.remove(turn.lane());
            }
        }
    }

    /** Whether one of its lane waits that came before it. */
    boolean isAnyBefore(Turn turn) {
        NavigableMap<Long, Turn> lane = lanes.get(turn.lane());
        return lane != null && lane.firstKey() < turn.place();
    }

    int size() {
        return size;
    }

    /** How many wait in lanes of here. */
    int size(Set<String> some) {
        return some.stream()
                .mapToInt(lane -> Objects.requireNonNull(lanes.get(lane)).size())
                .sum();
    }

    Set<String> lanes() {
        return lanes.keySet();
    }

    /** How long the oldest has waited, in nanoseconds; zero when nobody waits. */
    long oldestAge(long now) {
        long oldest = 0;
        for (NavigableMap<Long, Turn> lane : lanes.values()) {
            for (Turn turn : lane.values()) {
                oldest = Math.max(oldest, now - turn.queuedAt());
                if (!turn.isAgain()) {
                    break;
                }
            }
        }
        return oldest;
    }

    /**
     * Removes the first of the lane whose turn it is.
     *
     * @param held lanes that are passed over; not all
     */
    Turn next(Set<String> held) {
        String lane = lanes.keySet().stream()
                .filter(name -> !held.contains(name))
                .findFirst()
                .orElseThrow();
        NavigableMap<Long, Turn> turns = Objects.requireNonNull(lanes.get(lane));
        Turn turn = turns.pollFirstEntry().getValue();
        size--;
        turnsInARow = lane.equals(served) ? turnsInARow + 1 : 1;
        served = lane;
        boolean hadAll = turnsInARow >= weights.getOrDefault(lane, 1);
        if (turns.isEmpty() || hadAll) {
            lanes.remove(lane);
        }
        if (hadAll) {
            turnsInARow = 0;
            if (!turns.isEmpty()) {
                lanes.put(lane, turns);
            }
        }
        return turn;
    }
}
