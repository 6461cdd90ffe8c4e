package dev.onward.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets those go on in the order of their coming who wait for something, one line per key: a stage alone tells the last
 * first. Thread-safe.
 */
public final class InOrder<K> {

    private final Map<K, Deque<Waiting>> lines = new ConcurrentHashMap<>();

    private record Waiting(CompletableFuture<?> stage, Runnable next) {}

    /** Whether nobody waits. */
    public boolean isEmpty(K key) {
        return !lines.containsKey(key);
    }

    /**
     * Runs something when the stage has completed, well or badly, and all has run that came before: inside this method, or
     * later on the thread that completes a stage.
     *
     * @param next must not throw
     */
    public void after(K key, CompletionStage<?> stage, Runnable next) {
        Waiting mine = new Waiting(stage.toCompletableFuture(), next);
        synchronized (lines) {
            Deque<Waiting> line = lines.computeIfAbsent(key, absent -> new ArrayDeque<>());
            line.add(mine);
            if (line.size() > 1) {
                return;
            }
        }
        goOn(key, Optional.of(mine));
    }

    /** One thread at a time, for each key. */
    private void goOn(K key, Optional<Waiting> first) {
        Optional<Waiting> head = first;
        while (head.isPresent()) {
            Waiting here = head.get();
            if (!here.stage().isDone()) {
                CompletionStage<?> later = here.stage();
                later.whenComplete((value, fault) -> goOn(key, Optional.of(here)));
                return;
            }
            here.next().run();
            head = following(key);
        }
    }

    private Optional<Waiting> following(K key) {
        synchronized (lines) {
            Deque<Waiting> line = lines.getOrDefault(key, new ArrayDeque<>());
            line.poll();
            if (line.isEmpty()) {
                lines.remove(key);
            }
            return Optional.ofNullable(line.peek());
        }
    }
}
