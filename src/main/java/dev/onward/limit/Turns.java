package dev.onward.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One call's turns at the throttles that match it. Each attempt takes a turn of every one, in their order; what is not
 * used at once is lost, and another is needed. Thread-safe.
 */
final class Turns {

    private final List<Throttle> throttles;
    private final String lane;

    /** The last one may still have to come. */
    private final List<Turn> turns = new ArrayList<>(1);

    /** Those of the attempt before, in whose places further ones stand. */
    private List<Turn> before = List.of();

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
        Turn turn;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            Runnable go = () -> next(index + 1, come);
            turn = index < before.size() ? before.get(index).again(go) : new Turn(lane, throttles.size() == 1, go);
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

    /**
     * Uses the turns, when all have come and are still good. Asked right before sending.
     *
     * @return empty when the request may leave; else where to wait before asking again
     */
    synchronized Optional<Consumer<Runnable>> use() {
        boolean good = turns.size() == throttles.size();
        for (int i = 0; good && i < turns.size(); i++) {
            Turn turn = turns.get(i);
            Throttle throttle = throttles.get(i);
            Throttle.Use use = throttle.use(turn);
            if (use == Throttle.Use.BEHIND) {
                return Optional.of(come -> throttle.after(turn, come));
            }
            good = use == Throttle.Use.GRANTED;
        }
        before = turns.isEmpty() ? before : List.copyOf(turns);
        turns.clear();
        if (!good) {
            givenUp();
        }
        return good ? Optional.empty() : Optional.of(this::await);
    }

    /** Tells that the attempt which used the turns was sent now. */
    void departed() {
        forEachUsed(Throttle::departed);
    }

    /** Tells that the attempt which used the turns is sent once more. */
    void repeat() {
        forEachUsed(Throttle::repeat);
    }

    /** Tells that the attempt which used the turns is not sent, if it was not. */
    void givenUp() {
        forEachUsed(Throttle::givenUp);
    }

    private void forEachUsed(BiConsumer<Throttle, Turn> tell) {
        List<Turn> used;
        synchronized (this) {
            used = before;
        }
        for (int i = 0; i < used.size(); i++) {
            tell.accept(throttles.get(i), used.get(i));
        }
    }

    /** The call has to wait for something else before it can send: those behind need not wait for it. */
    void letPass() {
        List<Turn> come;
        synchronized (this) {
            come = List.copyOf(turns);
        }
        drop(come);
    }

    /** The call is over: takes back what has not come, and lets those go on that wait for what has. */
    void end() {
        List<Turn> come = new ArrayList<>();
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            int last = turns.size() - 1;
            if (last >= 0 && throttles.get(last).cancel(turns.get(last))) {
                turns.remove(last);
            }
            come.addAll(before);
            come.addAll(turns);
        }
        drop(come);
    }

    private void drop(List<Turn> come) {
        if (throttles.size() == 1) {
            come.forEach(throttles.get(0)::drop);
        }
    }
}
