package dev.onward.value;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps one buffer for the next text of its kind. Thread-safe: whoever takes a buffer has it alone. */
public final class SpareBuffer {

    private final int expectedBytes;
    private final int maxKeptBytes;
    private final AtomicReference<@Nullable JsonBuffer> spare = new AtomicReference<>();

    /**
     * Keeps nothing yet.
     *
     * @param expectedBytes room of a fresh buffer
     * @param maxKeptBytes a buffer with more room than this is not kept
     */
    public SpareBuffer(int expectedBytes, int maxKeptBytes) {
        this.expectedBytes = expectedBytes;
        this.maxKeptBytes = maxKeptBytes;
    }

    /** An empty buffer, which is the caller's until it is given back. */
    public JsonBuffer take() {
        JsonBuffer kept = spare.getAndSet(null);
        return kept == null ? new JsonBuffer(expectedBytes) : kept;
    }

    /** The caller does not touch the buffer, or its array, any more. One that is never given back is only lost. */
    public void giveBack(JsonBuffer buffer) {
        if (buffer.capacity() <= maxKeptBytes) {
            buffer.clear();
            spare.setRelease(buffer);
        }
    }
}
