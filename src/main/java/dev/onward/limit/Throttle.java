package dev.onward.limit;

import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets calls go at a steady pace: evenly spaced, never more than the rate in any second, nothing saved up while nobody
 * came. The moments are shared by all processes. Who waits is served as {@link WaitingTurns} say. Thread-safe.
 */
final class Throttle {

    private static final long SECOND = 1_000_000_000L;

    /** A little longer than a second: what is sent may be held up on its way to the provider. */
    private static final long WINDOW_NANOS = SECOND + 12_000_000L;

    /** So far a late timer is made up for: a moment that is older is lost. */
    private static final long LATEST_NANOS = 16_000_000L;

    /** So much later a turn that was given is lost. With the time above, what {@link SendInstants} allows. */
    private static final long GRACE_NANOS = 4_000_000L;

    /** So much of a second is taken ahead at most. */
    private static final int SLICES_PER_SECOND = 10;

    /** Moments are taken so long before there is room to use them: sooner they might be lost when there is. */
    private static final long AHEAD_NANOS = 10_000_000L;

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofNanos(Turn.WRITTEN_WITHIN_NANOS);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    private final Timer timer;
    private final SendInstants source;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private final SendWindow window = new SendWindow();
    private final SendWindow sent = new SendWindow();
    private final WaitingTurns waiting = new WaitingTurns();
    private final UnderWay underWay = new UnderWay();
    private final Set<String> following = new HashSet<>();
    private long comers;
    private int rate;
    private long lastSent;
    private Optional<Tick> nextTick = Optional.empty();
    private boolean looksAgain;
    private boolean taking;
    private boolean takesLater;

    private record Moment(long at, long lostAfter) {}

    private record Tick(long at, Scheduled timer) {}

    /** What comes of the wish to use a turn. */
    enum Use {

        /** The request leaves now. */
        GRANTED,

        /** It is too late, or would overtake one that waits again: another turn is needed. */
        LOST,

        /** One of its lane that came before has not left yet: ask again {@link #after} it. */
        BEHIND
    }

    Throttle(Timer timer, int rate, SendInstants source) {
        this.timer = timer;
        this.rate = rate;
        this.source = source;
        this.lastSent = timer.nanoTime() - SECOND;
    }

    /**
     * Changes the pace for all that come, and for all that wait when they are served next.
     *
     * @param weights of lanes: how many turns in a row each has; one that is not named has one
     */
    synchronized void pace(int callsPerSecond, Map<String, Integer> weights) {
        rate = callsPerSecond;
        waiting.weigh(weights);
    }

    /** Queues a turn, once, unless it was taken back before. */
    void queue(Turn turn) {
        boolean wasUnderWay;
        synchronized (this) {
            if (turn.hasEnded()) {
                return;
            }
            turn.queued(comers++, timer.nanoTime());
            wasUnderWay = underWay.remove(turn);
            waiting.add(turn);
        }
        if (wasUnderWay) {
            follow(turn.lane());
        }
        serve();
    }

    /** Takes a turn back; false when it came already. */
    synchronized boolean cancel(Turn turn) {
        if (!turn.end()) {
            return false;
        }
        waiting.remove(turn);
        return true;
    }

    /** Sends now by a turn that has come: what was held up behind its turn may not go in a burst. */
    synchronized Use use(Turn turn) {
        long now = timer.nanoTime();
        if (turn.isAlone() && underWay.isBehind(turn, now)) {
            return Use.BEHIND;
        }
        boolean distant = !turn.isAlone() && now - lastSent >= SendInstants.spacingNanos(rate);
        if (!(turn.isPrompt(now) || distant) || waiting.isAnyBefore(turn) || !sent.hasRoom(now, rate, WINDOW_NANOS)) {
            return Use.LOST;
        }
        sent.take();
        lastSent = now;
        turn.use(now);
        return Use.GRANTED;
    }

    /** Runs what is given when the turn has to wait no longer for those before it, or after a while; it must ask again. */
    void after(Turn turn, Runnable go) {
        synchronized (this) {
            turn.follow(go);
        }
        timer.schedule(PATIENCE, () -> takeFollower(turn).ifPresent(Runnable::run));
        follow(turn.lane());
    }

    private synchronized Optional<Runnable> takeFollower(Turn turn) {
        return turn.takeFollower();
    }

    /** Tells that what used the turn was sent now, from when on it counts. */
    void departed(Turn turn) {
        synchronized (this) {
            if (turn.settle()) {
                long now = timer.nanoTime();
                sent.sent(now);
                lastSent = now;
                underWay.remove(turn);
            }
        }
        follow(turn.lane());
    }

    /** Tells that what was sent by the turn is sent once more: it takes room again, also when there is none. */
    synchronized void repeat(Turn turn) {
        if (turn.unsettle(timer.nanoTime())) {
            sent.take();
        }
    }

    /** Tells that what used the turn is not sent, if it was not: it counts from the turn's use on. */
    synchronized void givenUp(Turn turn) {
        if (turn.settle()) {
            sent.givenUp(turn.usedAt());
            if (waiting.size() > 0) {
                timer.schedule(SOON, this::serve);
            }
        }
    }

    /** Tells that nothing more will be sent by the turn, which has come. */
    void drop(Turn turn) {
        boolean wasUnderWay;
        synchronized (this) {
            wasUnderWay = underWay.remove(turn);
        }
        if (wasUnderWay) {
            follow(turn.lane());
            serve();
        }
    }

    /** Lets those of a lane go that waited for others. One that goes may let the next go: then it is told here, not inside. */
    private void follow(String lane) {
        synchronized (this) {
            if (!following.add(lane)) {
                return;
            }
        }
        for (Optional<Runnable> next = follower(lane); next.isPresent(); next = follower(lane)) {
            next.get().run();
        }
    }

    private synchronized Optional<Runnable> follower(String lane) {
        Optional<Runnable> next = underWay.takeFollower(lane, timer.nanoTime());
        if (next.isEmpty()) {
            following.remove(lane);
        }
        return next;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How long the oldest has waited, in nanoseconds; zero when nobody waits. */
    synchronized long oldestAge() {
        return waiting.oldestAge(timer.nanoTime());
    }

    /** How many went in the last second. */
    synchronized int used() {
        return sent.used(timer.nanoTime(), WINDOW_NANOS);
    }

    /** The pace in force. */
    synchronized int rate() {
        return rate;
    }

    /** Whether nobody waits and nobody went lately. */
    synchronized boolean isIdle() {
        return waiting.size() == 0 && used() == 0;
    }

    /** Lets go whose turn has come, on this thread. */
    void serve() {
        for (Turn turn : due()) {
            turn.go().run();
        }
        take();
    }

    private void tick() {
        synchronized (this) {
            nextTick = Optional.empty();
        }
        serve();
    }

    /** Those whose time has come; for the rest a timer is set. */
    private synchronized List<Turn> due() {
        List<Turn> due = new ArrayList<>();
        long now = timer.nanoTime();
        forgetLate(now);
        Set<String> held = held(now);
        int servable = servable(held);
        while (!moments.isEmpty() && now - moments.peek().at() >= 0 && servable > 0 && untilRoom(now, 0) == 0) {
            due.add(next(moments.remove(), now, held));
            window.add(now);
            servable--;
        }
        if (!moments.isEmpty() && servable > 0) {
            tickAt(now, Math.max(moments.peek().at() - now, untilRoom(now, 0)));
        }
        if (!looksAgain && servable < waiting.size()) {
            looksAgain = true;
            timer.schedule(PATIENCE, this::lookAgain);
        }
        return due;
    }

    private void tickAt(long now, long wait) {
        if (nextTick.isEmpty() || now + wait - nextTick.get().at() < 0) {
            nextTick.ifPresent(later -> later.timer().cancel());
            nextTick = Optional.of(new Tick(now + wait, timer.schedule(delay(wait), this::tick)));
        }
    }

    private static Duration delay(long nanos) {
        Duration delay = Duration.ofNanos(nanos);
        return delay.compareTo(SOON) < 0 ? SOON : delay;
    }

    /** Nanoseconds until one more may have its turn and use it at once, when so many have theirs before it. */
    private long untilRoom(long now, int before) {
        int most = Math.max(1, rate - before);
        return Math.max(window.untilRoom(now, most, WINDOW_NANOS), sent.untilRoom(now, most, WINDOW_NANOS));
    }

    /** What holds a lane ends with time, too. */
    private void lookAgain() {
        synchronized (this) {
            looksAgain = false;
        }
        serve();
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
            long now = timer.nanoTime();
            forgetLate(now);
            int wanted = servable(held(now)) - moments.size();
            if (taking || wanted <= 0 || moments.size() > slice / 2) {
                return;
            }
            long early = untilRoom(now, moments.size()) - AHEAD_NANOS;
            if (early > 0) {
                takeLater(early);
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

    private void takeLater(long nanos) {
        if (!takesLater) {
            takesLater = true;
            timer.schedule(delay(nanos), () -> {
                synchronized (this) {
                    takesLater = false;
                }
                take();
            });
        }
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

    /** The lanes with somebody who waits that are held. */
    private Set<String> held(long now) {
        return waiting.lanes().stream()
                .filter(lane -> underWay.isHeld(lane, now))
                .collect(Collectors.toSet());
    }

    /** How many wait whose lanes are not held. */
    private int servable(Set<String> held) {
        return waiting.size() - waiting.size(held);
    }

    /** The next, of those whose lanes are not held. */
    private Turn next(Moment moment, long now, Set<String> held) {
        Turn turn = waiting.next(held);
        turn.come(moment.lostAfter() + GRACE_NANOS);
        if (turn.isAlone()) {
            underWay.add(turn, now);
        }
        return turn;
    }
}
