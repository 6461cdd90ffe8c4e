package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.invocation.SealedInvocations;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Seals the data keys of what {@link ReplayStore} keeps under the first key at each start, beside the work, so that older
 * keys can be retired. Every batch is kept: what a process that dies has not done, the next start does.
 */
@ApplicationScoped
class ReplayKeys {

    private static final Logger LOG = Logger.getLogger(ReplayKeys.class);
    private static final int AFTER_THE_KEYS = 200;
    private static final int AT_ONCE = 500;

    private static final String FIND = """
            SELECT call_id, sandbox, sealed FROM onward.stored_invocation
            WHERE split_part(sealed, '.', 2) = ? LIMIT ? FOR UPDATE SKIP LOCKED
            """;

    private static final String STORE = """
            UPDATE onward.stored_invocation i SET sealed = anew.sealed FROM unnest(?, ?) AS anew(call_id, sealed)
            WHERE i.call_id = anew.call_id
            """;

    private static final String FORGET = "DELETE FROM onward.stored_invocation WHERE call_id = ANY (?)";

    private final Jdbi jdbi;
    private final SealedInvocations seal;

    ReplayKeys(Database database, SealedInvocations seal) {
        this.jdbi = database.jdbi();
        this.seal = seal;
    }

    private record Row(UUID callId, Sandbox sandbox, String sealed) {

        private static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getObject("call_id", UUID.class),
                    new Sandbox(row.getString("sandbox")),
                    row.getString("sealed"));
        }
    }

    /** A row and what it is under the first key; empty when it is damaged. */
    private record Anew(Row row, Optional<String> sealed) {}

    void start(@Observes @Priority(AFTER_THE_KEYS) StartupEvent event, ManagedExecutor executor) {
        Set<String> older = seal.olderKeys();
        if (!older.isEmpty()) {
            executor.execute(() -> rewrapOrTell(older));
        }
    }

    private void rewrapOrTell(Set<String> older) {
        try {
            int count = rewrap(older);
            if (count > 0) {
                LOG.infof("%d stored invocations are sealed under the first key now", count);
            }
        } catch (SQLException | RuntimeException fault) {
            LOG.error(
                    "the stored invocations could not all be sealed under the first key; the next start tries again",
                    fault);
        }
    }

    /**
     * Seals all under the first key that is sealed under one of the others. Blocking.
     *
     * @return how many rows were changed; damaged ones are forgotten
     */
    int rewrap(Set<String> older) throws SQLException {
        int all = 0;
        for (String key : older) {
            for (int some = rewrapSome(key); some > 0; some = rewrapSome(key)) {
                all += some;
            }
        }
        return all;
    }

    private int rewrapSome(String key) throws SQLException {
        return jdbi.inTransaction(handle -> {
            List<Anew> rows = handle.select(FIND, key, AT_ONCE).map((row, context) -> Row.read(row)).list().stream()
                    .map(row -> new Anew(row, seal.reseal(row.sandbox(), new CallId(row.callId()), row.sealed())))
                    .toList();
            change(handle, rows);
            return rows.size();
        });
    }

    private static void change(Handle handle, List<Anew> rows) throws SQLException {
        List<Anew> sound =
                rows.stream().filter(each -> each.sealed().isPresent()).toList();
        List<Anew> damaged =
                rows.stream().filter(each -> each.sealed().isEmpty()).toList();
        try (ArrayStatement<Anew> statement = new ArrayStatement<>(handle, STORE, sound)) {
            statement
                    .column("uuid", each -> each.row().callId())
                    .column("text", each -> each.sealed().orElseThrow())
                    .execute();
        }
        try (ArrayStatement<Anew> statement = new ArrayStatement<>(handle, FORGET, damaged)) {
            statement.column("uuid", each -> each.row().callId()).execute();
        }
    }
}
