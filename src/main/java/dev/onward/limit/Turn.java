package dev.onward.limit;

import java.util.Optional;

/** One that waits for its turn at a throttle, and sends when it has come. Its state is guarded by its throttle's lock. */
final class Turn {

    /** So long a request may take from its turn's use to its departure, as for a connection, before others pass it. */
    static final long WRITTEN_WITHIN_NANOS = 100_000_000L;

    /** So long others wait for one that lost its turn to come for another. */
    static final long BACK_WITHIN_NANOS = 1_000_000_000L;

    private final String lane;
    private final boolean isAlone;
    private final boolean isAgain;
    private final Runnable go;
    private long place;
    private long queuedAt;
    private long goodUntil;
    private long usedAt;
    private boolean hasCome;
    private boolean isUsed;
    private boolean isSettled;
    private Optional<Runnable> follower = Optional.empty();

    /**
     * A turn that was not queued yet.
     *
     * @param lane whose turns keep their order
     * @param isAlone whether its call needs no other turn; else it may be used late, and nobody waits for it
     * @param go runs once, on any thread, perhaps while it is queued, unless it is cancelled before
     */
    Turn(String lane, boolean isAlone, Runnable go) {
        this(lane, isAlone, go, false, 0);
    }

    private Turn(String lane, boolean isAlone, Runnable go, boolean isAgain, long place) {
        this.lane = lane;
        this.isAlone = isAlone;
        this.go = go;
        this.isAgain = isAgain;
        this.place = place;
    }

    /** Another turn in the place of this one, which was queued: before all that came after it. */
    Turn again(Runnable goAgain) {
        return new Turn(lane, isAlone, goAgain, true, place);
    }

    String lane() {
        return lane;
    }

    boolean isAlone() {
        return isAlone;
    }

    boolean isAgain() {
        return isAgain;
    }

    Runnable go() {
        return go;
    }

    /** Takes its place among all that are queued; one that is again has one. */
    void queued(long newPlace, long now) {
        queuedAt = now;
        if (!isAgain) {
            place = newPlace;
        }
    }

    long place() {
        return place;
    }

    long queuedAt() {
        return queuedAt;
    }

    /** Its moment has come, or it was taken back; false when that was so. */
    boolean end() {
        boolean ended = !hasCome;
        hasCome = true;
        return ended;
    }

    boolean hasEnded() {
        return hasCome;
    }

    void come(long until) {
        end();
        goodUntil = until;
    }

    boolean isPrompt(long now) {
        return now - goodUntil <= 0;
    }

    void use(long now) {
        isUsed = true;
        usedAt = now;
    }

    long usedAt() {
        return usedAt;
    }

    /** It is known whether what used it was sent; false when it was known, or nothing used it. */
    boolean settle() {
        boolean settled = isUsed && !isSettled;
        isSettled |= settled;
        return settled;
    }

    /** What used it is sent once more; false when it is not known yet whether it was sent before. */
    boolean unsettle(long now) {
        boolean unsettled = isSettled;
        isSettled = false;
        usedAt = unsettled ? now : usedAt;
        return unsettled;
    }

    boolean hasFollower() {
        return follower.isPresent();
    }

    /** Whether it came, was not used in time and is expected to be queued again. */
    boolean isLost(long now) {
        return !isUsed && !isPrompt(now) && !isPassable(now);
    }

    /** Whether others need not wait any longer until its request has left. */
    boolean isPassable(long now) {
        return isUsed ? now - usedAt > WRITTEN_WITHIN_NANOS : now - goodUntil > BACK_WITHIN_NANOS;
    }

    /** What to run when it has to wait no longer for those before it. */
    void follow(Runnable next) {
        follower = Optional.of(next);
    }

    Optional<Runnable> takeFollower() {
        Optional<Runnable> taken = follower;
        follower = Optional.empty();
        return taken;
    }
}
