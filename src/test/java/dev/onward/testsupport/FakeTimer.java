package dev.onward.testsupport;

import dev.onward.call.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes only when a test says so; tasks run inside {@link #advance}, on its thread. Not thread-safe. */
public final class FakeTimer implements Timer {

    private final List<Task> tasks = new ArrayList<>();

    /** Monotonic time may begin anywhere, below zero too. */
    private long now = Duration.ofHours(-1).toNanos();

    private long sequence;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable work) {
        Task task = new Task(now + delay.toNanos(), sequence++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Lets time pass, task by task, in the order in which they are due. */
    public void advance(Duration duration) {
        long until = now + duration.toNanos();
        for (Optional<Task> next = due(until); next.isPresent(); next = due(until)) {
            tasks.remove(next.get());
            now = next.get().dueAt();
            next.get().work().run();
        }
        now = until;
    }

    /** How many tasks wait. */
    public int waiting() {
        return tasks.size();
    }

    private Optional<Task> due(long until) {
        return tasks.stream()
                .filter(task -> task.dueAt() <= until)
                .min(Comparator.comparingLong(Task::dueAt).thenComparingLong(Task::sequence));
    }

    private record Task(long dueAt, long sequence, Runnable work) {}
}
