package dev.onward.dispatch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.Line;
import dev.onward.call.LinePausedException;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.Lane.Host;
import dev.onward.dispatch.store.LeaseLostException;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.dispatch.store.StoreFixture;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What claimed calls do before they are sent. */
class LinesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final UUID worker = UUID.randomUUID();
    private final Switch pauses = new Switch();
    private boolean hasLease = true;
    private StoreFixture fixture;
    private Lines lines;

    @BeforeEach
    void open() {
        fixture = StoreFixture.open(DATABASE, folder);
        fixture.queue().renew(worker, Duration.ofMinutes(1), true);
        Lanes lanes = new Lanes(new DispatchLimits(80, Duration.ofSeconds(15)));
        lines = new Lines(fixture.queue(), lanes, pauses, Clock.systemUTC(), () -> hasLease, () -> {});
        lines.begin();
    }

    @AfterEach
    void close() {
        lines.close(Duration.ofSeconds(10));
        fixture.close();
    }

    @Test
    void a_call_waits_until_it_is_too_old_in_the_lane_of_its_journey() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call().ofJourney("Welcome")), false);
        assertThat(line.lane()).isEqualTo("Welcome");
        assertThat(line.patience())
                .hasValueSatisfying(
                        patience -> assertThat(patience).isBetween(Duration.ofHours(5), Duration.ofHours(6)));
    }

    @Test
    void nothing_is_stored_of_a_call_that_may_be_sent_again_and_went_at_once() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call()), false);
        line.admitted(Duration.ofSeconds(1));
        assertThat(line.intent()).isEmpty();
    }

    @Test
    void it_is_stored_that_a_call_is_sent_which_may_be_sent_once() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call().sentAtMostOnce()), true);
        line.admitted(Duration.ZERO);
        await(line);
        assertThat(begun()).isEqualTo(1);
    }

    @Test
    void a_call_that_was_taken_over_while_it_waited_is_not_sent() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call()), false);
        line.admitted(LONG);
        fixture.queue().takeOver(worker);
        assertThatThrownBy(() -> await(line)).hasRootCauseInstanceOf(LeaseLostException.class);
    }

    @Test
    void a_call_of_a_process_without_a_lease_is_sent_only_when_the_database_says_so() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call()), false);
        line.admitted(Duration.ZERO);
        hasLease = false;
        fixture.queue().takeOver(worker);
        assertThatThrownBy(() -> await(line)).hasRootCauseInstanceOf(LeaseLostException.class);
    }

    @Test
    void a_call_whose_person_was_erased_while_it_waited_is_not_sent() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call().of("p-9")), false);
        line.admitted(LONG);
        fixture.pending().erase(new Sandbox("prod"), "p-9");
        assertThatThrownBy(() -> await(line)).hasRootCauseInstanceOf(LeaseLostException.class);
    }

    @Test
    void a_call_that_was_paused_while_it_waited_is_not_sent() throws SQLException {
        Line line = lines.of(claim(DurableCallBuilder.call()), false);
        line.admitted(LONG);
        pauses.on = true;
        assertThatThrownBy(() -> await(line)).hasRootCauseInstanceOf(LinePausedException.class);
        assertThat(begun()).isZero();
    }

    private static void await(Line line) {
        line.intent().orElseThrow().toCompletableFuture().join();
    }

    private Claim claim(DurableCallBuilder builder) throws SQLException {
        DurableCall call = builder.build();
        fixture.accepts().accept(List.of(new AcceptStore.Asked(call, Optional.empty(), "{}")), Instant.now());
        return fixture.queue().claim(worker, List.of(new Want(call.lane(), 1))).get(0);
    }

    private static int begun() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM onward.durable_call WHERE begun")
                        .mapTo(Integer.class)
                        .one());
    }

    /** Everything is paused, or nothing. */
    private static final class Switch implements Pauses {

        private boolean on;

        @Override
        public boolean isPaused(Sandbox sandbox, String action) {
            return on;
        }

        @Override
        public boolean isPaused(Host host) {
            return false;
        }
    }
}
