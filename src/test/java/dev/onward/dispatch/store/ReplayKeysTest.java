package dev.onward.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.calllog.search.LogScope;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.invocation.SealedInvocations;
import dev.onward.secret.Secrets;
import dev.onward.secret.TestSecrets;
import dev.onward.testsupport.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayKeysTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final SealedInvocations rotated = new SealedInvocations(TestSecrets.rotated(DATABASE.jdbi()));
    private final ReplayKeys keys = new ReplayKeys(DATABASE.database(), rotated);

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.stored_invocation"));
    }

    @Test
    void what_is_stored_does_not_need_a_retired_key() throws SQLException {
        List<DurableCall> calls = Stream.generate(
                        () -> DurableCallBuilder.call().build())
                .limit(1_201)
                .toList();
        keep(TestSecrets.in(DATABASE.jdbi()), calls);
        assertThat(readable(TestSecrets.retired(DATABASE.jdbi()), calls)).isZero();
        assertThat(keys.rewrap(rotated.olderKeys())).isEqualTo(1_201);
        assertThat(readable(TestSecrets.retired(DATABASE.jdbi()), calls)).isEqualTo(1_201);
        assertThat(keys.rewrap(rotated.olderKeys())).isZero();
    }

    @Test
    void what_is_damaged_is_forgotten_and_stops_nothing() throws SQLException {
        List<DurableCall> calls = Stream.generate(
                        () -> DurableCallBuilder.call().build())
                .limit(2)
                .toList();
        keep(TestSecrets.in(DATABASE.jdbi()), calls);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE onward.stored_invocation SET sealed = 'v1.test.AAAA.AAAA.AAAA' WHERE call_id = ?",
                        calls.get(0).id().uuid()));
        keys.rewrap(rotated.olderKeys());
        assertThat(readable(TestSecrets.retired(DATABASE.jdbi()), calls)).isEqualTo(1);
    }

    private static void keep(Secrets secrets, List<DurableCall> calls) throws SQLException {
        DATABASE.jdbi().useTransaction(handle -> replays(secrets).keep(handle, calls, Instant.now()));
    }

    private static int readable(Secrets secrets, List<DurableCall> calls) {
        LogScope scope = new LogScope(calls.get(0).sandbox(), Optional.empty());
        return replays(secrets)
                .find(scope, calls.stream().map(DurableCall::id).toList())
                .size();
    }

    private static ReplayStore replays(Secrets secrets) {
        return new ReplayStore(DATABASE.database(), new SealedInvocations(secrets));
    }
}
