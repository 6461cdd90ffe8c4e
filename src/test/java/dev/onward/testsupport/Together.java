package dev.onward.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Does the same thing several times at the same moment. */
public final class Together {

    private Together() {}

    /**
     * Runs the work once per number from 0, each on a thread of its own, all let go at once.
     *
     * @return what each threw, empty for nothing
     */
    public static List<Optional<RuntimeException>> run(int times, IntConsumer work) {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Optional<RuntimeException>>> runs = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                runs.add(threads.submit(() -> run(number, work, go)));
            }
            go.countDown();
            List<Optional<RuntimeException>> ends = new ArrayList<>();
            for (Future<Optional<RuntimeException>> run : runs) {
                ends.add(run.get());
            }
            return ends;
        } catch (ExecutionException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<RuntimeException> run(int number, IntConsumer work, CountDownLatch go)
            throws InterruptedException {
        go.await();
        try {
            work.accept(number);
            return Optional.empty();
        } catch (RuntimeException end) {
            return Optional.of(end);
        }
    }
}
