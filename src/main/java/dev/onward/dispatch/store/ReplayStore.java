package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.call.ProfileEraser;
import dev.onward.calllog.search.LogScope;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.invocation.SealedInvocations;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Digests;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What ended calls asked for, sealed, in {@code onward.stored_invocation}. Blocking, thread-safe. */
@ApplicationScoped
public class ReplayStore implements ProfileEraser {

    private static final String KEEP = """
            INSERT INTO onward.stored_invocation
                (kept_at, call_id, sandbox, caller_id, action, action_version, profile_digest, sealed)
            SELECT ?, kept.* FROM unnest(?, ?, ?, ?, ?, ?, ?) AS kept
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT call_id, action, action_version, sealed FROM onward.stored_invocation
            WHERE call_id = ANY (?) AND sandbox = ?
            """;

    private static final String FORGET = """
            DELETE FROM onward.stored_invocation WHERE call_id IN
                (SELECT call_id FROM onward.stored_invocation WHERE kept_at < ? ORDER BY kept_at LIMIT ?)
            """;

    private final Jdbi jdbi;
    private final SealedInvocations seal;

    public ReplayStore(Database database, SealedInvocations seal) {
        this.jdbi = database.jdbi();
        this.seal = seal;
    }

    /**
     * What a call asked for.
     *
     * @param version at its acceptance
     * @param document JSON text
     */
    public record Stored(CallId callId, String action, int version, String document) {}

    /** Keeps what calls asked for, in the transaction that ends them. */
    void keep(Handle handle, List<DurableCall> calls, Instant now) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        try (ArrayStatement<DurableCall> statement = new ArrayStatement<>(handle, KEEP, calls)) {
            statement
                    .value(DurableRow.time(now))
                    .column("uuid", call -> call.id().uuid())
                    .column("text", call -> call.sandbox().name())
                    .column("text", call -> DurableRow.stored(call.origin().callerId()))
                    .column("text", DurableCall::action)
                    .column("int4", DurableCall::actionVersion)
                    .column(
                            "text",
                            call -> call.origin()
                                    .profileId()
                                    .map(Digests::sha256)
                                    .orElse(null))
                    .column("text", call -> seal.seal(call.sandbox(), call.id(), call.invocation()))
                    .execute();
        }
    }

    /** What those of the calls asked for that are in scope, kept and can be opened. */
    public Map<CallId, Stored> find(LogScope scope, List<CallId> calls) {
        try {
            return jdbi.withHandle(handle -> {
                Map<CallId, Stored> found = new HashMap<>();
                for (Stored sealed : sealed(handle, scope, calls)) {
                    open(scope.sandbox(), sealed).ifPresent(opened -> found.put(opened.callId(), opened));
                }
                return found;
            });
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    /** Forgets what was kept before an instant; gives how many, at most {@code most}. */
    public int forgetBefore(Instant limit, int most) {
        return jdbi.withHandle(handle -> handle.execute(FORGET, DurableRow.time(limit), most));
    }

    @Override
    public void erase(Sandbox sandbox, String profileId) {
        jdbi.useHandle(handle -> handle.execute(
                "DELETE FROM onward.stored_invocation WHERE sandbox = ? AND profile_digest = ?",
                sandbox.name(),
                Digests.sha256(profileId)));
    }

    private static List<Stored> sealed(Handle handle, LogScope scope, List<CallId> calls) throws SQLException {
        Optional<String> caller = scope.callerId().map(StoredText::escape);
        String own = caller.isPresent() ? " AND caller_id = ?" : "";
        try (ArrayStatement<CallId> statement = new ArrayStatement<>(handle, FIND + own, calls)) {
            statement.column("uuid", CallId::uuid).value(scope.sandbox().name());
            if (caller.isPresent()) {
                statement.value(caller.get());
            }
            return statement.query(row -> new Stored(
                    new CallId(row.getObject("call_id", UUID.class)),
                    row.getString("action"),
                    row.getInt("action_version"),
                    row.getString("sealed")));
        }
    }

    private Optional<Stored> open(Sandbox sandbox, Stored sealed) {
        return seal.open(sandbox, sealed.callId(), sealed.document())
                .map(document -> new Stored(sealed.callId(), sealed.action(), sealed.version(), document));
    }
}
