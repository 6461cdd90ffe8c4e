package dev.onward.invocation.batch;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers the lines of the answer from all threads and hands them over on the stream's own: all that came meanwhile in
 * one piece. Thread-safe.
 */
final class Answers {

    private final Queue<byte[]> lines = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final Context context;
    private final Listener listener;

    /** Hears of lines, on the context. */
    interface Listener {
        void came(Buffer text, int lines);
    }

    Answers(Context context, Listener listener) {
        this.context = context;
        this.listener = listener;
    }

    /** @param line with its line feed */
    void add(byte[] line) {
        lines.add(line);
        if (announced.compareAndSet(false, true)) {
            context.runOnContext(turn -> handOver());
        }
    }

    private void handOver() {
        // Before the queue is read: a line that comes from now on is announced again.
        announced.set(false);
        Buffer text = Buffer.buffer();
        int count = 0;
        for (byte[] line = lines.poll(); line != null; line = lines.poll()) {
            text.appendBytes(line);
            count++;
        }
        if (count > 0) {
            listener.came(text, count);
        }
    }
}
