package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.action.Action;
import dev.onward.action.TestActions;
import dev.onward.call.CallId;
import dev.onward.call.CallIds;
import dev.onward.invocation.IdempotencyStore.Claim;
import dev.onward.invocation.IdempotencyStore.Entry;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import dev.onward.testsupport.Together;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiIdempotencyStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant LEASE_END = NOW.plusSeconds(60);
    private static final Instant LATER = LEASE_END.plusMillis(1);
    private static final CallIds IDS = new CallIds(Clock.systemUTC(), new Random(7));
    private static final Action ACTION = TestActions.smallest("A", Sandbox.DEFAULT);

    private final JdbiIdempotencyStore store = new JdbiIdempotencyStore(DATABASE.database());

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("delete from onward.idempotency_key"));
    }

    @Test
    void a_key_of_another_request_is_refused() {
        claim(entry("k", "first"), NOW);
        assertReason(IdempotencyException.Reason.REUSED, entry("k", "second"), NOW);
        store.ended(entry("k", "first"), "{}");
        assertReason(IdempotencyException.Reason.REUSED, entry("k", "second"), LATER);
    }

    @Test
    void a_key_whose_first_request_still_runs_is_refused() {
        claim(entry("k", "same"), NOW);
        assertReason(IdempotencyException.Reason.IN_PROGRESS, entry("k", "same"), LEASE_END.minusMillis(1));
    }

    @Test
    void a_fresh_key_is_granted_with_the_call_id_to_send() {
        CallId id = IDS.next();
        Claim claim = store.claim(entry("k", "same"), id, NOW, LEASE_END);
        assertThat(claim).isEqualTo(new Claim(Optional.empty(), id.toString()));
    }

    @Test
    void a_repeat_gets_the_first_answer() {
        claim(entry("k", "same"), NOW);
        store.ended(entry("k", "same"), "{\"a\":\"\\u0000\"}");
        assertThat(claim(entry("k", "same"), NOW).answer()).contains("{\"a\":\"\\u0000\"}");
        assertThat(claim(entry("k", "same"), LATER.plus(Duration.ofDays(6))).answer())
                .isPresent();
    }

    @Test
    void of_claims_at_the_same_time_exactly_one_is_granted() {
        List<Optional<RuntimeException>> ends = Together.run(8, number -> claim(entry("k", "same"), NOW));
        assertThat(ends).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(ends.stream().flatMap(Optional::stream))
                .allSatisfy(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                IdempotencyException.class,
                                refusal -> assertThat(refusal.reason())
                                        .isEqualTo(IdempotencyException.Reason.IN_PROGRESS)));
    }

    @Test
    void claims_and_refusals_at_the_same_time_end_in_a_claim_or_a_refusal() {
        List<Optional<RuntimeException>> ends = Together.run(8, number -> {
            for (int i = 0; i < 20; i++) {
                CallId id = IDS.next();
                store.claim(entry("k", "same"), id, NOW, LEASE_END);
                store.refused(entry("k", "same"), id);
            }
        });
        assertThat(ends.stream().flatMap(Optional::stream)).hasOnlyElementsOfType(IdempotencyException.class);
    }

    @Test
    void a_run_that_outlived_its_lease_is_taken_over_with_its_outgoing_key() {
        String first = claim(entry("k", "same"), NOW).outgoingKey();
        Claim second = store.claim(entry("k", "same"), IDS.next(), LATER, LATER.plusSeconds(60));
        assertThat(second).isEqualTo(new Claim(Optional.empty(), first));
        assertReason(IdempotencyException.Reason.IN_PROGRESS, entry("k", "same"), LATER.plusSeconds(59));
    }

    @Test
    void of_take_overs_at_the_same_time_exactly_one_is_granted() {
        claim(entry("k", "same"), NOW);
        List<Optional<RuntimeException>> ends =
                Together.run(8, number -> store.claim(entry("k", "same"), IDS.next(), LATER, LATER.plusSeconds(60)));
        assertThat(ends).filteredOn(Optional::isEmpty).hasSize(1);
    }

    @Test
    void a_refused_run_frees_its_key() {
        CallId id = IDS.next();
        store.claim(entry("k", "first"), id, NOW, LEASE_END);
        store.refused(entry("k", "first"), id);
        assertThat(claim(entry("k", "second"), NOW).answer()).isEmpty();
    }

    @Test
    void a_refused_take_over_keeps_the_outgoing_key_and_ends_its_lease() {
        String first = claim(entry("k", "same"), NOW).outgoingKey();
        CallId second = IDS.next();
        store.claim(entry("k", "same"), second, LATER, LATER.plusSeconds(60));
        store.refused(entry("k", "same"), second);
        assertThat(claim(entry("k", "same"), LATER).outgoingKey()).isEqualTo(first);
    }

    @Test
    void an_answer_survives_a_refusal() {
        CallId id = IDS.next();
        store.claim(entry("k", "same"), id, NOW, LEASE_END);
        store.ended(entry("k", "same"), "{}");
        store.refused(entry("k", "same"), id);
        assertThat(claim(entry("k", "same"), NOW).answer()).contains("{}");
    }

    @Test
    void keys_of_other_actions_and_sandboxes_are_others() {
        claim(entry("k", "same"), NOW);
        Action other = TestActions.smallest("B", Sandbox.DEFAULT);
        Action foreign = TestActions.smallest("A", new Sandbox("team"));
        assertThat(claim(entry(other, "k", "same", Optional.empty()), NOW).answer())
                .isEmpty();
        assertThat(claim(entry(foreign, "k", "same", Optional.empty()), NOW).answer())
                .isEmpty();
        assertThat(claim(entry("K", "same"), NOW).answer()).isEmpty();
    }

    @Test
    void erasing_a_profile_forgets_its_keys_in_that_sandbox_only() {
        Action foreign = TestActions.smallest("A", new Sandbox("team"));
        Entry erased = entry(ACTION, "k1", "same", Optional.of("p'1 😀"));
        Entry kept = entry(ACTION, "k2", "same", Optional.of("p2"));
        Entry elsewhere = entry(foreign, "k1", "same", Optional.of("p'1 😀"));
        for (Entry entry : List.of(erased, kept, elsewhere)) {
            claim(entry, NOW);
            store.ended(entry, "{}");
        }
        store.erase(Sandbox.DEFAULT, "p'1 😀");
        assertThat(claim(erased, NOW).answer()).isEmpty();
        assertThat(claim(kept, NOW).answer()).isPresent();
        assertThat(claim(elsewhere, NOW).answer()).isPresent();
    }

    @Test
    void no_profile_id_is_stored() {
        claim(entry(ACTION, "k", "same", Optional.of("ada@example.org")), NOW);
        String row = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select to_jsonb(k)::text from onward.idempotency_key k")
                        .mapTo(String.class)
                        .one());
        assertThat(row).doesNotContain("ada");
    }

    @Test
    void what_is_old_is_forgotten() {
        claim(entry("old", "same"), NOW);
        claim(entry("new", "same"), NOW.plusSeconds(1));
        store.ended(entry("old", "same"), "{}");
        store.ended(entry("new", "same"), "{}");
        store.forgetBefore(NOW.plusSeconds(1));
        assertThat(claim(entry("old", "same"), NOW).answer()).isEmpty();
        assertThat(claim(entry("new", "same"), NOW).answer()).isPresent();
    }

    private Claim claim(Entry entry, Instant now) {
        return store.claim(entry, IDS.next(), now, now.plusSeconds(60));
    }

    private static Entry entry(String key, String fingerprint) {
        return entry(ACTION, key, fingerprint, Optional.empty());
    }

    private static Entry entry(Action action, String key, String fingerprint, Optional<String> profileId) {
        return new Entry(action, new IdempotencyKey(key), fingerprint, profileId);
    }

    private void assertReason(IdempotencyException.Reason reason, Entry entry, Instant now) {
        assertThatThrownBy(() -> claim(entry, now))
                .isInstanceOfSatisfying(
                        IdempotencyException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
