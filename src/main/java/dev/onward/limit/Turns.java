package dev.onward.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * One call's turns at the throttles that match it. Each attempt takes a turn of every one, in their order; what is not
 * used at once is lost, and another is needed. Thread-safe.
 */
final class Turns {

    private final List<Throttle> throttles;
    private final String lane;

    /** The last one may still have to come. */
    private final List<Throttle.Turn> turns = new ArrayList<>(1);

    /** Those of the attempt before, in whose places further ones stand. */
    private List<Throttle.Turn> before = List.of();

    private boolean cancelled;

    Turns(List<Throttle> throttles, String lane) {
        this.throttles = throttles;
        this.lane = lane;
    }

    /** Whether there is a throttle. */
    boolean areAny() {
        return !throttles.isEmpty();
    }

    /** Queues for a turn at each. What comes then runs once, on any thread, perhaps inside this method. */
    void await(Runnable come) {
        next(0, come);
    }

    private void next(int index, Runnable come) {
        Throttle.Turn turn;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            Runnable go = () -> next(index + 1, come);
            turn = index < before.size() ? before.get(index).again(go) : new Throttle.Turn(lane, go);
            if (index < throttles.size()) {
                turns.add(turn);
            }
        }
        if (index < throttles.size()) {
            throttles.get(index).queue(turn);
        } else {
            come.run();
        }
    }

    /** Whether all turns have come and are still good; they are used then. Asked right before sending. */
    synchronized boolean use() {
        boolean good = turns.size() == throttles.size();
        for (int i = 0; good && i < turns.size(); i++) {
            good = throttles.get(i).use(turns.get(i), throttles.size() == 1);
        }
        before = turns.isEmpty() ? before : List.copyOf(turns);
        turns.clear();
        return good;
    }

    /** Tells that the attempt which used the turns is sent now. */
    synchronized void departs() {
        for (int i = 0; i < before.size(); i++) {
            throttles.get(i).departs(before.get(i));
        }
    }

    /** Takes back what has not come, for good; false when all have come. */
    synchronized boolean cancel() {
        int waiting = turns.size() - 1;
        boolean came = waiting < 0 || !throttles.get(waiting).cancel(turns.get(waiting));
        if (cancelled || came && turns.size() == throttles.size()) {
            return false;
        }
        cancelled = true;
        return true;
    }
}
