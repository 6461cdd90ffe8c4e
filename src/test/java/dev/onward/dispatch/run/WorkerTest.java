package dev.onward.dispatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.DataDirectory;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.dispatch.store.StoreFixture;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LEASE = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final FakeTimer timer = new FakeTimer();
    private StoreFixture fixture;
    private QueueStore store;
    private DataDirectory directory;
    private Worker worker;

    @BeforeEach
    void begin() {
        fixture = StoreFixture.open(DATABASE, folder);
        store = fixture.queue();
        directory = DataDirectory.open(folder.resolve("worker"));
        worker = new Worker(store, directory, LEASE, timer);
        worker.begin();
    }

    @AfterEach
    void close() {
        worker.end();
        directory.close();
        fixture.close();
    }

    @Test
    void it_takes_over_once_it_has_lived_for_a_lease() {
        assertThat(worker.id()).isPresent();
        assertThat(worker.mayTakeOver()).isFalse();
        renewFor(LEASE);
        assertThat(worker.mayTakeOver()).isTrue();
        timer.advance(LEASE);
        assertThat(worker.mayTakeOver()).isFalse();
        assertThat(worker.id()).isEmpty();
    }

    @Test
    void a_time_without_the_database_gives_the_others_a_lease_to_come_back() {
        renewFor(LEASE);
        UUID name = worker.id().orElseThrow();
        timer.advance(Duration.ofMinutes(1));
        worker.renew();
        assertThat(worker.id()).contains(name);
        assertThat(worker.mayTakeOver()).isFalse();
        renewFor(LEASE);
        assertThat(worker.mayTakeOver()).isTrue();
    }

    @Test
    void one_that_was_taken_over_begins_under_another_name() {
        UUID name = worker.id().orElseThrow();
        renewFor(LEASE);
        store.takeOver(name);
        worker.renew();
        assertThat(worker.id()).get().isNotEqualTo(name);
        assertThat(worker.mayTakeOver()).isFalse();
    }

    private void renewFor(Duration time) {
        for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plusSeconds(1)) {
            timer.advance(Duration.ofSeconds(1));
            worker.renew();
        }
    }
}
