package dev.onward.limit;

import dev.onward.call.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets calls go at a steady pace: evenly spaced, never more than the rate in any second, nothing saved up while nobody
 * came. Within a lane first come, first served; the lanes take turns, so that a busy one starves nobody. Thread-safe.
 */
final class Throttle {

    private static final long SECOND = 1_000_000_000L;

    /** So far a late timer is made up for; more would be a burst. */
    private static final long LARGEST_DELAY_NANOS = 20_000_000L;

    private static final Duration SOON = Duration.ofMillis(1);

    private final Timer timer;
    private final SendWindow window = new SendWindow();
    private final SendWindow sent = new SendWindow();
    private final Map<String, Deque<Turn>> lanes = new LinkedHashMap<>();
    private int rate;
    private long nextAt;
    private int waiting;
    private boolean scheduled;

    /** One that waits for its turn. */
    static final class Turn {

        private final String lane;
        private final Runnable go;
        private final long sinceNanos;
        private boolean gone;

        private Turn(String lane, Runnable go, long sinceNanos) {
            this.lane = lane;
            this.go = go;
            this.sinceNanos = sinceNanos;
        }
    }

    Throttle(Timer timer, int rate) {
        this.timer = timer;
        this.rate = rate;
        this.nextAt = timer.nanoTime();
    }

    /** Changes the pace for all that wait and all that come. */
    void pace(int callsPerSecond) {
        synchronized (this) {
            rate = callsPerSecond;
        }
        serve();
    }

    /**
     * Queues a turn. It runs once, on any thread, perhaps inside this method, unless it is cancelled before.
     *
     * @param lane whose turns keep their order
     */
    Turn await(String lane, Runnable go) {
        Turn turn;
        synchronized (this) {
            turn = new Turn(lane, go, timer.nanoTime());
            lanes.computeIfAbsent(lane, absent -> new ArrayDeque<>()).add(turn);
            waiting++;
        }
        serve();
        return turn;
    }

    /** Takes a turn back; false when it ran already. */
    synchronized boolean cancel(Turn turn) {
        if (turn.gone) {
            return false;
        }
        turn.gone = true;
        waiting--;
        Deque<Turn> lane = lanes.get(turn.lane);
        if (lane != null) {
            lane.remove(turn);
            if (lane.isEmpty()) {
                lanes.remove(turn.lane);
            }
        }
        return true;
    }

    /**
     * Asks right before sending: what was held up behind its turn may not go in a burst.
     *
     * @param again whether it had its turn already and is sent once more, which takes a place of the pace
     * @return how long to wait before asking again; zero when it is to be sent now
     */
    synchronized Duration send(boolean again) {
        long now = timer.nanoTime();
        if (!sent.hasRoom(now, rate, SECOND)) {
            Duration wait = Duration.ofNanos(sent.untilRoom(now, rate, SECOND));
            return wait.compareTo(SOON) < 0 ? SOON : wait;
        }
        sent.add(now);
        if (again) {
            window.add(now);
        }
        return Duration.ZERO;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    /** How long the oldest has waited, in nanoseconds; zero when nobody waits. */
    synchronized long oldestAge() {
        long now = timer.nanoTime();
        long oldest = 0;
        for (Deque<Turn> lane : lanes.values()) {
            Turn first = lane.peek();
            oldest = first == null ? oldest : Math.max(oldest, now - first.sinceNanos);
        }
        return oldest;
    }

    /** How many went in the last second. */
    synchronized int used() {
        return sent.used(timer.nanoTime(), SECOND);
    }

    /** The pace in force. */
    synchronized int rate() {
        return rate;
    }

    private void serve() {
        for (Turn turn : due()) {
            turn.go.run();
        }
    }

    private void tick() {
        synchronized (this) {
            scheduled = false;
        }
        serve();
    }

    /** Those whose time has come; for the rest a timer is set. */
    private synchronized List<Turn> due() {
        List<Turn> due = new ArrayList<>();
        long now = timer.nanoTime();
        nextAt = Math.max(nextAt, now - LARGEST_DELAY_NANOS);
        while (waiting > 0 && now - nextAt >= 0 && window.hasRoom(now, rate, SECOND)) {
            due.add(next());
            window.add(now);
            nextAt = Math.max(nextAt, now - LARGEST_DELAY_NANOS) + SECOND / rate;
        }
        if (waiting == 0) {
            nextAt = Math.max(nextAt, now);
        } else if (!scheduled) {
            scheduled = true;
            long wait = Math.max(nextAt - now, window.untilRoom(now, rate, SECOND));
            Duration delay = Duration.ofNanos(Math.max(wait, 1));
            timer.schedule(delay.compareTo(SOON) < 0 ? SOON : delay, this::tick);
        }
        return due;
    }

    /** The first of the lane whose turn it is; the lane goes to the end. */
    private Turn next() {
        Map.Entry<String, Deque<Turn>> lane = lanes.entrySet().iterator().next();
        Turn turn = lane.getValue().remove();
        lanes.remove(lane.getKey());
        if (!lane.getValue().isEmpty()) {
            lanes.put(lane.getKey(), lane.getValue());
        }
        turn.gone = true;
        waiting--;
        return turn;
    }
}
