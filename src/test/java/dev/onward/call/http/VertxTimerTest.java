package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Timer.Scheduled;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class VertxTimerTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final VertxTimer timer = new VertxTimer(VERTX);

    @AfterAll
    static void closeVertx() {
        LoopbackTransport.await(VERTX.close().toCompletionStage());
    }

    @Test
    void a_task_never_runs_before_its_time() throws Exception {
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        Duration delay = Duration.ofNanos(20_400_000);
        long begunAt = timer.nanoTime();

        timer.schedule(delay, () -> ranAt.complete(timer.nanoTime()));

        // Vert.x counts whole milliseconds by another reading of the clock.
        assertThat(ranAt.get(30, TimeUnit.SECONDS) - begunAt).isGreaterThan(19_000_000);
    }

    @Test
    void no_delay_means_soon_but_later() throws Exception {
        CompletableFuture<Boolean> wasReturned = new CompletableFuture<>();
        AtomicBoolean returned = new AtomicBoolean();

        VERTX.runOnContext(turn -> {
            timer.schedule(Duration.ZERO, () -> wasReturned.complete(returned.get()));
            returned.set(true);
        });

        assertThat(wasReturned.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_cancelled_task_does_not_run() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Void> later = new CompletableFuture<>();

        VERTX.runOnContext(turn -> {
            Scheduled task = timer.schedule(Duration.ofMillis(5), () -> ran.set(true));
            task.cancel();
            task.cancel();
            timer.schedule(Duration.ofMillis(30), () -> later.complete(null));
        });

        later.get(30, TimeUnit.SECONDS);
        assertThat(ran).isFalse();
    }
}
