package dev.onward.dispatch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.LaneStore;
import dev.onward.dispatch.store.LeaseLostException;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.dispatch.store.StoreFixture;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Claims over a database whose answers get lost. */
class ClaimsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private final UUID worker = UUID.randomUUID();
    private StoreFixture fixture;
    private LossyQueue queue;
    private Claims claims;
    private final FakeTimer timer = new FakeTimer();
    private boolean paced;

    @BeforeEach
    void open() {
        fixture = StoreFixture.open(DATABASE, folder);
        queue = new LossyQueue();
        queue.renew(worker, Duration.ofMinutes(1), true);
        claims = claims(queue);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_claim_whose_answer_was_lost_is_found_once_and_in_order() throws SQLException {
        List<DurableCall> calls = accept(3);
        List<Claim> known = claims.take(worker, want(calls, 1));
        queue.losesAnswers = true;
        assertThatThrownBy(() -> claims.take(worker, want(calls, 2))).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> claims.unanswered(worker)).isInstanceOf(SQLException.class);
        queue.losesAnswers = false;
        assertThat(claims.unanswered(worker))
                .extracting(claim -> claim.call().id())
                .containsExactly(calls.get(1).id(), calls.get(2).id());
        assertThat(claims.unanswered(worker)).isEmpty();
        assertThat(known).hasSize(1);
    }

    @Test
    void the_claim_of_calls_that_are_too_old_is_found_as_well() throws SQLException {
        List<DurableCall> calls = accept(2);
        queue.losesAnswers = true;
        Instant late = Instant.now().plus(Duration.ofDays(1));
        assertThatThrownBy(() -> claims.takeTooOld(worker, late, 10)).isInstanceOf(SQLException.class);
        queue.losesAnswers = false;
        assertThat(claims.unanswered(worker)).hasSameSizeAs(calls);
    }

    @Test
    void what_was_claimed_without_an_answer_is_not_in_doubt_and_is_no_other_claim() throws SQLException {
        List<DurableCall> calls = accept(1);
        queue.losesAnswers = true;
        assertThatThrownBy(() -> claims.take(worker, want(calls, 1))).isInstanceOf(SQLException.class);
        queue.losesAnswers = false;
        assertThat(claims.unanswered(worker)).singleElement().satisfies(claim -> {
            assertThat(claim.inDoubt()).isFalse();
            assertThat(claim.fence()).isEqualTo(1);
        });
    }

    @Test
    void as_long_as_every_claim_has_its_answer_nothing_is_looked_for() throws SQLException {
        List<DurableCall> calls = accept(1);
        claims.take(worker, want(calls, 1));
        queue.losesAnswers = true;
        assertThat(claims.unanswered(worker)).isEmpty();
    }

    @Test
    void a_claim_without_a_lease_took_nothing() throws SQLException {
        List<DurableCall> calls = accept(1);
        UUID nobody = UUID.randomUUID();
        assertThatThrownBy(() -> claims.take(nobody, want(calls, 1))).isInstanceOf(LeaseLostException.class);
        assertThat(claims.unanswered(nobody)).isEmpty();
    }

    @Test
    void of_a_paced_lane_only_one_process_claims_until_its_calls_are_taken_over() throws SQLException {
        List<DurableCall> calls = accept(4);
        paced = true;
        UUID other = UUID.randomUUID();
        queue.renew(other, Duration.ofMinutes(1), true);
        Claims others = claims(queue);
        assertThat(claims.take(worker, want(calls, 1))).hasSize(1);
        assertThat(others.take(other, want(calls, 1))).isEmpty();
        assertThat(claims.take(worker, want(calls, 1))).hasSize(1);
        queue.takeOver(worker);
        assertThat(others.take(other, want(calls, 1))).as("asked a moment ago").isEmpty();
        timer.advance(Duration.ofSeconds(1));
        assertThat(others.take(other, want(calls, 3)))
                .extracting(claim -> claim.call().id())
                .containsExactly(
                        calls.get(0).id(), calls.get(1).id(), calls.get(2).id());
        assertThatThrownBy(() -> claims.take(worker, want(calls, 1))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void a_lane_that_is_not_paced_is_everybodys() throws SQLException {
        List<DurableCall> calls = accept(2);
        UUID other = UUID.randomUUID();
        queue.renew(other, Duration.ofMinutes(1), true);
        assertThat(claims.take(worker, want(calls, 1))).hasSize(1);
        assertThat(claims(queue).take(other, want(calls, 1))).hasSize(1);
    }

    @Test
    void a_process_that_begins_anew_under_another_name_asks_for_its_lanes_again() throws SQLException {
        List<DurableCall> calls = accept(2);
        paced = true;
        claims.take(worker, want(calls, 1));
        queue.takeOver(worker);
        UUID other = UUID.randomUUID();
        UUID anew = UUID.randomUUID();
        queue.renew(other, Duration.ofMinutes(1), true);
        queue.renew(anew, Duration.ofMinutes(1), true);
        assertThat(claims(queue).take(other, want(calls, 1))).hasSize(1);
        assertThat(claims.take(anew, want(calls, 1))).isEmpty();
    }

    private Claims claims(QueueStore store) {
        return new Claims(store, new OwnLanes(new LaneStore(DATABASE.database()), (sandbox, origin) -> paced, timer));
    }

    private static List<Want> want(List<DurableCall> calls, int most) {
        return List.of(new Want(calls.get(0).lane(), most));
    }

    private List<DurableCall> accept(int count) throws SQLException {
        List<DurableCall> calls = Stream.generate(
                        () -> DurableCallBuilder.call().build())
                .limit(count)
                .toList();
        fixture.accepts()
                .accept(
                        calls.stream()
                                .map(call -> new AcceptStore.Asked(call, Optional.empty(), "{}"))
                                .toList(),
                        Instant.now());
        return calls;
    }

    /** Does what it is asked and then loses the connection, if it is told so. */
    private static final class LossyQueue extends QueueStore {

        private boolean losesAnswers;

        LossyQueue() {
            super(DATABASE.database());
        }

        @Override
        public List<Claim> claim(UUID worker, List<Want> wants) throws SQLException {
            return answer(super.claim(worker, wants));
        }

        @Override
        public List<Claim> claimTooOld(UUID worker, Instant now, int most) throws SQLException {
            return answer(super.claimTooOld(worker, now, most));
        }

        @Override
        public List<Claim> unanswered(UUID worker, List<Claim.Id> known) throws SQLException {
            return answer(super.unanswered(worker, known));
        }

        private List<Claim> answer(List<Claim> claims) throws SQLException {
            if (losesAnswers) {
                throw new SQLException("the connection was lost while committing", "08006");
            }
            return claims;
        }
    }
}
