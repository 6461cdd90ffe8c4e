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

        /** Takes the answers that have come. */
        void came(Buffer text, Sum sum);
    }

    /**
     * One answer.
     *
     * @param text with its line feed
     * @param lineBytes of the line of the request that is answered
     * @param hasPlace whether the line still had its place when it was answered
     */
    record Answer(byte[] text, int lineBytes, boolean hasPlace) {}

    /**
     * What several answers are together.
     *
     * @param places how many of the lines still had theirs
     */
    record Sum(int lines, int places, long lineBytes) {}

    Answers(Context context, Listener listener) {
        this.context = context;
        this.listener = listener;
    }

    /** Takes one answer. */
    void add(Answer answer) {
        answers.add(answer);
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
        int lines = 0;
        int places = 0;
        long lineBytes = 0;
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            text.appendBytes(answer.text());
            lineBytes += answer.lineBytes();
            places += answer.hasPlace() ? 1 : 0;
            lines++;
        }
        if (lines > 0) {
            listener.came(text, new Sum(lines, places, lineBytes));
        }
    }
}
