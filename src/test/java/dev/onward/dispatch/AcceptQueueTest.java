package dev.onward.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.StoreFixture;
import dev.onward.invocation.OverloadedException;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AcceptQueueTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = StoreFixture.open(DATABASE, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void calls_that_wait_together_are_stored_with_one_commit() {
        AcceptQueue queue = queue(1_000);
        List<CompletableFuture<Told>> told = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            told.add(queue.add(asked(DurableCallBuilder.call().build())).toCompletableFuture());
        }
        queue.begin();
        told.forEach(each ->
                assertThat(each.orTimeout(20, TimeUnit.SECONDS).join().isNew()).isTrue());
        assertThat(transactions()).isOne();
        queue.close(PATIENCE);
    }

    @Test
    void a_call_that_cannot_be_stored_costs_no_other_its_acceptance() {
        AcceptQueue queue = queue(1_000);
        CompletableFuture<Told> first =
                queue.add(asked(DurableCallBuilder.call().build())).toCompletableFuture();
        CompletableFuture<Told> refused = queue.add(asked(unstorable())).toCompletableFuture();
        CompletableFuture<Told> last =
                queue.add(asked(DurableCallBuilder.call().build())).toCompletableFuture();
        queue.begin();
        assertThat(first.orTimeout(20, TimeUnit.SECONDS).join().isNew()).isTrue();
        assertThat(last.orTimeout(20, TimeUnit.SECONDS).join().isNew()).isTrue();
        assertThatThrownBy(refused::join).hasMessageContaining("0x00");
        queue.close(PATIENCE);
    }

    @Test
    void beyond_its_bound_calls_are_refused() {
        AcceptQueue queue = queue(2);
        queue.add(asked(DurableCallBuilder.call().build()));
        queue.add(asked(DurableCallBuilder.call().build()));
        assertThatThrownBy(() -> queue.add(asked(DurableCallBuilder.call().build())))
                .isInstanceOf(OverloadedException.class);
    }

    @Test
    void what_waits_at_the_end_is_stored_and_nothing_more_is_taken() {
        AcceptQueue queue = queue(10);
        CompletableFuture<Told> waits =
                queue.add(asked(DurableCallBuilder.call().build())).toCompletableFuture();
        queue.begin();
        queue.close(PATIENCE);
        assertThat(waits).isCompleted();
        assertThatThrownBy(() -> queue.add(asked(DurableCallBuilder.call().build())))
                .isInstanceOf(OverloadedException.class);
    }

    private AcceptQueue queue(int most) {
        return new AcceptQueue(fixture.accepts(), Clock.systemUTC(), most);
    }

    private static Asked asked(DurableCall call) {
        return new Asked(call, Optional.empty(), "{}");
    }

    /** With a character that JSON text never has and PostgreSQL refuses. */
    private static DurableCall unstorable() {
        DurableCall sound = DurableCallBuilder.call().build();
        return new DurableCall(
                sound.id(),
                sound.lane(),
                sound.action(),
                sound.actionVersion(),
                sound.origin(),
                sound.target(),
                "\u0000",
                sound.atMostOnce(),
                sound.deadline(),
                sound.links(),
                sound.pinned(),
                sound.callback());
    }

    private static int transactions() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(DISTINCT xmin::text) FROM onward.durable_call")
                        .mapTo(Integer.class)
                        .one());
    }
}
