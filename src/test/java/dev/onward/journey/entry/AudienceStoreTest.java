package dev.onward.journey.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.journey.entry.AudienceRun.Counts;
import dev.onward.journey.entry.AudienceRun.Journey;
import dev.onward.journey.entry.AudienceStore.BrokenOff;
import dev.onward.journey.entry.AudienceStore.Member;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
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
    void a_run_is_paused_when_nothing_of_its_upload_came_for_long() throws SQLException {
        AudienceRun silent = created();
        AudienceRun heard = created();
        AudienceRun complete = created();
        store.complete(complete.id());
        store.add(List.of(member(heard)), NOW.plusSeconds(60));
        assertThat(store.breakOffSilent(NOW)).isEmpty();
        assertThat(store.breakOffSilent(NOW.plusSeconds(1))).containsExactly(broken(silent, "paused"));
        assertThat(store.breakOffSilent(NOW.plusSeconds(60))).isEmpty();
        assertThat(found(silent).upload()).isEqualTo(UploadState.BROKEN_OFF);
        assertThat(found(silent).state()).isEqualTo("paused");
        assertThat(found(heard).state()).isEqualTo("running");
        assertThat(found(complete).state()).isEqualTo("running");
    }

    @Test
    void an_upload_that_goes_on_after_a_silence_is_under_way_again_and_its_run_stays_paused() throws SQLException {
        AudienceRun run = created();
        store.breakOffSilent(NOW.plusSeconds(1));
        assertThat(store.add(List.of(member(run)), NOW.plusSeconds(2))).containsExactly(run.id());
        assertThat(found(run).upload()).isEqualTo(UploadState.UNDER_WAY);
        assertThat(found(run).state()).isEqualTo("paused");
        store.complete(run.id());
        assertThat(store.breakOff(run.id())).isEmpty();
        assertThat(found(run).upload()).isEqualTo(UploadState.COMPLETE);
    }

    @Test
    void a_cancelled_run_stays_so_when_its_upload_breaks_off() {
        AudienceRun run = created();
        store.move(EventFixture.SANDBOX, run.id(), "cancelled", NOW);
        assertThat(store.breakOff(run.id())).containsExactly(broken(run, "cancelled"));
        assertThat(found(run).state()).isEqualTo("cancelled");
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
                UploadState.UNDER_WAY,
                100,
                NOW,
                Optional.empty(),
                Counts.NONE);
        store.create(run);
        return run;
    }

    @Test
    void a_page_of_runs_is_read_by_an_index_in_its_order() {
        DATABASE.jdbi().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO onward.audience_run (id, sandbox, journey_id, journey, version, state, upload, per_second,
                        next_at, started_at, stored_at)
                    SELECT gen_random_uuid(), 'box-' || n % 10, gen_random_uuid(), 'News', 1, 'ended', 'complete', 1, now(),
                        now() - n * interval '1 s', now() FROM generate_series(1, 5000) AS n""");
            handle.execute("ANALYZE onward.audience_run");
            String plan = String.join(
                    "\n",
                    handle.select(
                                    "EXPLAIN SELECT * FROM onward.audience_run" + AudienceStore.page(false),
                                    "box-1",
                                    OffsetDateTime.now(ZoneOffset.UTC),
                                    new UUID(0, 0),
                                    50)
                            .mapTo(String.class)
                            .list());
            assertThat(plan).contains("audience_run_started").doesNotContain("Sort");
        });
    }

    private static Member member(AudienceRun run) {
        return new Member(run.id(), "p-1", "{}", "{}");
    }

    private static BrokenOff broken(AudienceRun run, String state) {
        return new BrokenOff(run.id(), "News", state);
    }

    private AudienceRun found(AudienceRun run) {
        return store.find(EventFixture.SANDBOX, run.id()).orElseThrow();
    }

    private Optional<AudienceRun> next(Instant now) {
        return DATABASE.jdbi().inTransaction(handle -> store.next(handle, now));
    }
}
