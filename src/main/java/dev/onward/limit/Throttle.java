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
 * came. The moments are shared by all processes. Within a lane first come, first served; the lanes take turns, so that a
 * busy one starves nobody. Thread-safe.
 */
final class Throttle {

    private static final long SECOND = 1_000_000_000L;

    /** So far a late timer is made up for; more would be a burst: a moment that is older is lost. */
    private static final long LARGEST_DELAY_NANOS = 20_000_000L;

    /** So much of a second is taken ahead at most. */
    private static final int SLICES_PER_SECOND = 10;

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    private final Timer timer;
    private final SendInstants source;
    private final Deque<Long> instants = new ArrayDeque<>();
    private final SendWindow window = new SendWindow();
    private final SendWindow sent = new SendWindow();
    private final Map<String, Deque<Turn>> lanes = new LinkedHashMap<>();
    private int rate;
    private int waiting;
    private int repeating;
    private boolean scheduled;
    private boolean taking;

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

    Throttle(Timer timer, int rate, SendInstants source) {
        this.timer = timer;
        this.rate = rate;
        this.source = source;
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
     * @param again whether it had its turn already and is sent once more, for which it takes a moment of its own
     * @return how long to wait before asking again; zero when it is to be sent now
     */
    Duration send(boolean again) {
        Duration wait = trySend(again);
        take();
        return wait;
    }

    private synchronized Duration trySend(boolean again) {
        long now = timer.nanoTime();
        forgetLate(now);
        boolean mayGo = !again || (!instants.isEmpty() && now - instants.peek() >= 0);
        if (mayGo && sent.hasRoom(now, rate, SECOND)) {
            sent.add(now);
            if (again) {
                instants.remove();
                window.add(now);
                repeating = Math.max(0, repeating - 1);
            }
            return Duration.ZERO;
        }
        long wait = sent.untilRoom(now, rate, SECOND);
        if (again) {
            repeating = repeating + 1;
            wait = Math.max(wait, instants.isEmpty() ? SECOND / rate : instants.peek() - now);
        }
        Duration delay = Duration.ofNanos(wait);
        return delay.compareTo(SOON) < 0 ? SOON : delay;
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
        take();
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
        forgetLate(now);
        while (waiting > 0 && !instants.isEmpty() && now - instants.peek() >= 0 && window.hasRoom(now, rate, SECOND)) {
            instants.remove();
            due.add(next());
            window.add(now);
        }
        if (waiting > 0 && !instants.isEmpty() && !scheduled) {
            scheduled = true;
            long wait = Math.max(instants.peek() - now, window.untilRoom(now, rate, SECOND));
            Duration delay = Duration.ofNanos(Math.max(wait, 1));
            timer.schedule(delay.compareTo(SOON) < 0 ? SOON : delay, this::tick);
        }
        return due;
    }

    private void forgetLate(long now) {
        while (!instants.isEmpty() && now - instants.peek() > LARGEST_DELAY_NANOS) {
            instants.remove();
        }
    }

    /** Takes further moments, when more want one than have one and few are left. */
    private void take() {
        int count;
        int pace;
        synchronized (this) {
            int slice = Math.max(1, rate / SLICES_PER_SECOND);
            int wanted = waiting + repeating - instants.size();
            if (taking || wanted <= 0 || instants.size() > slice / 2) {
                return;
            }
            taking = true;
            count = Math.min(wanted, slice);
            pace = rate;
        }
        source.take(count, pace).whenComplete((slice, fault) -> {
            if (slice == null) {
                timer.schedule(AFTER_A_FAILURE, this::takeAgain);
            } else {
                taken(slice);
                serve();
            }
        });
    }

    private void takeAgain() {
        synchronized (this) {
            taking = false;
        }
        take();
    }

    private synchronized void taken(SendInstants.Slice slice) {
        taking = false;
        long at = timer.nanoTime() + slice.delayNanos();
        for (int i = 0; i < slice.count(); i++) {
            instants.add(at + i * slice.spacingNanos());
        }
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
