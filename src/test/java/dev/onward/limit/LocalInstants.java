package dev.onward.limit;

import dev.onward.testsupport.FakeTimer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moments that one process has for itself, or shares with others under the same timer. */
final class LocalInstants implements SendInstants {

    private final FakeTimer timer;
    private long nextAt;
    private int taken;
    private boolean down;

    LocalInstants(FakeTimer timer) {
        this.timer = timer;
        this.nextAt = timer.nanoTime();
    }

    /** Whether nobody gives moments now. */
    void down(boolean now) {
        down = now;
    }

    /** How many moments were taken. */
    int taken() {
        return taken;
    }

    @Override
    public CompletionStage<Slice> take(int count, int rate) {
        if (down) {
            return CompletableFuture.failedStage(new IllegalStateException("down"));
        }
        taken += count;
        long now = timer.nanoTime();
        long first = Math.max(nextAt, now);
        long spacing = SendInstants.spacingNanos(rate);
        nextAt = first + count * spacing;
        return CompletableFuture.completedStage(new Slice(count, first, spacing, 0));
    }
}
