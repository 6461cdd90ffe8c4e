package dev.onward.journey.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.journey.entry.AudienceRun.Counts;
import dev.onward.journey.entry.AudienceRun.Journey;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AudienceStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");

    private AudienceStore store;

    @BeforeEach
    void open() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.audience_run, onward.audience_member"));
        store = new AudienceStore(DATABASE.database());
    }

    @Test
    void a_run_has_its_turn_when_its_time_has_come() {
        AudienceRun run = created();
        DATABASE.jdbi().useHandle(handle -> store.advance(handle, run.id(), Counts.NONE, NOW.plusSeconds(1)));
        assertThat(next(NOW)).isEmpty();
        assertThat(next(NOW.plusSeconds(1))).isPresent();
    }

    @Test
    void a_run_has_its_turn_though_the_clock_was_set_back() {
        created();
        assertThat(next(NOW.minus(Duration.ofHours(1)))).isPresent();
    }

    @Test
    void runs_that_began_at_one_moment_are_all_on_some_page() {
        Set<UUID> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(created().id());
        }
        Set<UUID> shown = new HashSet<>();
        Page<AudienceRun> page = store.list(EventFixture.SANDBOX, Optional.empty(), Optional.empty(), 2);
        page.items().forEach(run -> shown.add(run.id()));
        while (page.next().isPresent()) {
            page = store.list(EventFixture.SANDBOX, Optional.empty(), page.next(), 2);
            page.items().forEach(run -> shown.add(run.id()));
        }
        assertThat(shown).isEqualTo(made);
    }

    private AudienceRun created() {
        AudienceRun run = new AudienceRun(
                UUID.randomUUID(),
                EventFixture.SANDBOX,
                new Journey(UUID.randomUUID(), "News", 1),
                "running",
                false,
                100,
                NOW,
                Optional.empty(),
                Counts.NONE);
        store.create(run);
        return run;
    }

    private Optional<AudienceRun> next(Instant now) {
        return DATABASE.jdbi().inTransaction(handle -> store.next(handle, now));
    }
}
