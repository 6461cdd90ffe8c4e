package dev.onward.limit;

import dev.onward.call.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Lets calls go at a steady pace: evenly spaced, never more than the rate in any second, nothing saved up while nobody
 * came. The moments are shared by all processes. Within a lane first come, first served; the lanes take turns, so that a
 * busy one starves nobody. Thread-safe.
 */
final class Throttle {

    private static final long SECOND = 1_000_000_000L;

    /** So far a late timer is made up for: a moment that is older is lost. */
    private static final long LATEST_NANOS = 16_000_000L;

    /** So much later a turn that was given is lost. With the time above, what {@link SendInstants} allows. */
    private static final long GRACE_NANOS = 4_000_000L;

    /** So much of a second is taken ahead at most. */
    private static final int SLICES_PER_SECOND = 10;

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    private final Timer timer;
    private final SendInstants source;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private final SendWindow window = new SendWindow();
    private final SendWindow sent = new SendWindow();
    private final Map<String, NavigableMap<Long, Turn>> lanes = new LinkedHashMap<>();
    private long comers;
    private int rate;
    private int waiting;
    private long lastSent;
    private boolean scheduled;
    private boolean taking;

    private record Moment(long at, long lostAfter) {}

    /** One that waits for its turn. Its state is guarded by its throttle's lock. */
    static final class Turn {

        private final String lane;
        private final Runnable go;
        private final boolean isAgain;
        private long place;
        private long queuedAt;
        private long goodUntil;
        private long usedAt;
        private boolean gone;

        /**
         * A turn that was not queued yet.
         *
         * @param lane whose turns keep their order
         * @param go runs once, on any thread, perhaps while it is queued, unless it is cancelled before
         */
        Turn(String lane, Runnable go) {
            this(lane, go, false, 0);
        }

        private Turn(String lane, Runnable go, boolean isAgain, long place) {
            this.lane = lane;
            this.go = go;
            this.isAgain = isAgain;
            this.place = place;
        }

        /** Another turn in the place of this one, which was queued: before all that came after it. */
        Turn again(Runnable goAgain) {
            return new Turn(lane, goAgain, true, place);
        }
    }

    Throttle(Timer timer, int rate, SendInstants source) {
        this.timer = timer;
        this.rate = rate;
        this.source = source;
        this.lastSent = timer.nanoTime() - SECOND;
    }

    /** Changes the pace for all that wait and all that come. */
    void pace(int callsPerSecond) {
        synchronized (this) {
            rate = callsPerSecond;
        }
        serve();
    }

    /** Queues a turn, once. */
    void queue(Turn turn) {
        synchronized (this) {
            turn.queuedAt = timer.nanoTime();
            if (!turn.isAgain) {
                turn.place = comers++;
            }
            lanes.computeIfAbsent(turn.lane, absent -> new TreeMap<>()).put(turn.place, turn);
            waiting++;
        }
        serve();
    }

    /** Takes a turn back; false when it came already. */
    synchronized boolean cancel(Turn turn) {
        if (turn.gone) {
            return false;
        }
        turn.gone = true;
        waiting--;
        NavigableMap<Long, Turn> lane = lanes.get(turn.lane);
        if (lane != null) {
            lane.remove(turn.place);
            if (lane.isEmpty()) {
                lanes.remove(turn.lane);
            }
        }
        return true;
    }

    /**
     * Sends now by a turn that has come: what was held up behind its turn may not go in a burst.
     *
     * @param promptly whether a turn that came a while ago is lost; else what is due since then must only keep its
     *     distance from what was sent before
     * @return false when it may not go and needs another turn
     */
    synchronized boolean use(Turn turn, boolean promptly) {
        long now = timer.nanoTime();
        boolean prompt = now - turn.goodUntil <= 0;
        boolean distant = !promptly && now - lastSent >= SendInstants.spacingNanos(rate);
        if (!(prompt || distant) || isOvertaking(turn) || !sent.hasRoom(now, rate, SECOND)) {
            return false;
        }
        sent.add(now);
        lastSent = now;
        turn.usedAt = now;
        return true;
    }

    /** Tells that what used the turn is sent only now: if it was held up, it counts from now on. */
    synchronized void departs(Turn turn) {
        long now = timer.nanoTime();
        if (now - turn.usedAt > GRACE_NANOS) {
            sent.move(turn.usedAt, now);
            lastSent = now;
        }
    }

    /** Whether one waits again that came before: it lost its turn a moment ago. */
    private boolean isOvertaking(Turn turn) {
        NavigableMap<Long, Turn> lane = lanes.get(turn.lane);
        return lane != null && lane.firstKey() < turn.place;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    /** How long the oldest has waited, in nanoseconds; zero when nobody waits. */
    synchronized long oldestAge() {
        long now = timer.nanoTime();
        long oldest = 0;
        for (NavigableMap<Long, Turn> lane : lanes.values()) {
            for (Turn turn : lane.values()) {
                oldest = Math.max(oldest, now - turn.queuedAt);
                if (!turn.isAgain) {
                    break;
                }
            }
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

    /** Whether nobody waits and nobody went lately. */
    synchronized boolean isIdle() {
        return waiting == 0 && used() == 0;
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
        while (waiting > 0
                && !moments.isEmpty()
                && now - moments.peek().at() >= 0
                && window.hasRoom(now, rate, SECOND)) {
            due.add(next(moments.remove()));
            window.add(now);
        }
        if (waiting > 0 && !moments.isEmpty() && !scheduled) {
            scheduled = true;
            long wait = Math.max(moments.peek().at() - now, window.untilRoom(now, rate, SECOND));
            Duration delay = Duration.ofNanos(Math.max(wait, 1));
            timer.schedule(delay.compareTo(SOON) < 0 ? SOON : delay, this::tick);
        }
        return due;
    }

    private void forgetLate(long now) {
        while (!moments.isEmpty() && now - moments.peek().lostAfter() > 0) {
            moments.remove();
        }
    }

    /** Takes further moments, when more want one than have one and few are left. */
    private void take() {
        int count;
        int pace;
        synchronized (this) {
            int slice = Math.max(1, rate / SLICES_PER_SECOND);
            forgetLate(timer.nanoTime());
            int wanted = waiting - moments.size();
            if (taking || wanted <= 0 || moments.size() > slice / 2) {
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

    /** A clock that is known badly does not stop everything: then a few may come later than they should. */
    private synchronized void taken(SendInstants.Slice slice) {
        taking = false;
        long good = Math.max(LATEST_NANOS / 2, LATEST_NANOS - slice.doubtNanos());
        for (int i = 0; i < slice.count(); i++) {
            long at = slice.firstNanos() + i * slice.spacingNanos();
            moments.add(new Moment(at, at + good));
        }
    }

    /** The first of the lane whose turn it is; the lane goes to the end. */
    private Turn next(Moment moment) {
        Map.Entry<String, NavigableMap<Long, Turn>> lane =
                lanes.entrySet().iterator().next();
        Turn turn = lane.getValue().pollFirstEntry().getValue();
        lanes.remove(lane.getKey());
        if (!lane.getValue().isEmpty()) {
            lanes.put(lane.getKey(), lane.getValue());
        }
        turn.gone = true;
        turn.goodUntil = moment.lostAfter() + GRACE_NANOS;
        waiting--;
        return turn;
    }
}
