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

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final Context context;
    private final Listener listener;

    /** Hears of answers, on the context. */
    interface Listener {

        /**
         * Takes the answers that have come.
         *
         * @param lineBytes of the lines of the request that are answered
         */
        void came(Buffer text, int answers, long lineBytes);
    }

    private record Answer(byte[] text, int lineBytes) {}

    Answers(Context context, Listener listener) {
        this.context = context;
        this.listener = listener;
    }

    /**
     * Takes one answer.
     *
     * @param text with its line feed
     * @param lineBytes of the line that is answered
     */
    void add(byte[] text, int lineBytes) {
        answers.add(new Answer(text, lineBytes));
        if (announced.compareAndSet(false, true)) {
            context.runOnContext(turn -> handOver());
        }
    }

    private void handOver() {
        // Before the queue is read: an answer that comes from now on is announced again.
        announced.set(false);
        int length = 0;
        for (Answer answer : answers) {
            length += answer.text().length;
        }
        Buffer text = Buffer.buffer(length);
        int count = 0;
        long lineBytes = 0;
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            text.appendBytes(answer.text());
            lineBytes += answer.lineBytes();
            count++;
        }
        if (count > 0) {
            listener.came(text, count, lineBytes);
        }
    }
}
