package dev.onward.dispatch.store;

import dev.onward.calllog.table.StoredText;
import dev.onward.database.Database;
import dev.onward.invocation.AcceptedKeys;
import dev.onward.invocation.IdempotencyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Stores calls at their acceptance. Blocking, thread-safe. */
@ApplicationScoped
public class AcceptStore {

    private static final String INSERT = """
            INSERT INTO onward.durable_call (call_id, sandbox, lane, action, action_version, caller_id, journey, step_id,
                instance_id, profile_id, trace, method, url, host, invocation, bytes, at_most_once, deadline)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Jdbi jdbi;
    private final AcceptedKeys keys;

    public AcceptStore(Database database, AcceptedKeys keys) {
        this.jdbi = database.jdbi();
        this.keys = keys;
    }

    /**
     * A call to be stored.
     *
     * @param key the client's name for the request
     * @param answer what the client is told once it is stored, as JSON text
     */
    public record Asked(DurableCall call, Optional<AcceptedKeys.Key> key, String answer) {}

    /**
     * What became of a call.
     *
     * @param answer as it was told first
     * @param replayed whether it was stored before
     * @param refused present when nothing was stored, because its key stands for another request
     */
    public record Told(String answer, boolean replayed, Optional<IdempotencyException> refused) {

        /** Whether the call is in the queue because of this request. */
        public boolean isNew() {
            return !replayed && refused.isEmpty();
        }
    }

    /** Stores all calls in one transaction, which is on disk when this returns; gives what became of each, in order. */
    public List<Told> accept(List<Asked> asked, Instant now) throws SQLException {
        return jdbi.inTransaction(handle -> {
            Map<Asked, Told> exceptions = exceptions(handle, asked, now);
            List<DurableCall> fresh = asked.stream()
                    .filter(each -> !exceptions.containsKey(each))
                    .map(Asked::call)
                    .toList();
            insert(handle, fresh);
            List<Told> told = new ArrayList<>(asked.size());
            for (Asked each : asked) {
                told.add(exceptions.getOrDefault(each, new Told(each.answer(), false, Optional.empty())));
            }
            return told;
        });
    }

    private Map<Asked, Told> exceptions(Handle handle, List<Asked> asked, Instant now) {
        Map<Asked, Told> exceptions = new HashMap<>();
        asked.stream()
                .filter(each -> each.key().isPresent())
                .sorted(Comparator.comparing(each -> each.key().orElseThrow().order()))
                .forEach(each -> claim(handle, each, now).ifPresent(told -> exceptions.put(each, told)));
        return exceptions;
    }

    private Optional<Told> claim(Handle handle, Asked asked, Instant now) {
        try {
            return keys.claim(handle, asked.key().orElseThrow(), asked.call().id(), asked.answer(), now)
                    .map(first -> new Told(first, true, Optional.empty()));
        } catch (IdempotencyException refused) {
            return Optional.of(new Told("", false, Optional.of(refused)));
        }
    }

    private static void insert(Handle handle, List<DurableCall> calls) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        try (ArrayStatement<DurableCall> statement = new ArrayStatement<>(handle, INSERT, calls)) {
            statement
                    .column("uuid", call -> call.id().uuid())
                    .column("text", call -> call.sandbox().name())
                    .column("text", call -> call.lane().host())
                    .column("text", DurableCall::action)
                    .column("int4", DurableCall::actionVersion);
            origin(statement)
                    .column("text", call -> call.target().method().name())
                    .column("text", call -> StoredText.escape(call.target().url()))
                    .column("text", call -> call.target().host())
                    .column("text", DurableCall::invocation)
                    .column("int4", DurableCall::bytes)
                    .column("bool", DurableCall::atMostOnce)
                    .column("timestamptz", call -> DurableRow.time(call.deadline()))
                    .execute();
        }
    }

    private static ArrayStatement<DurableCall> origin(ArrayStatement<DurableCall> statement) throws SQLException {
        return statement
                .column("text", call -> DurableRow.stored(call.origin().callerId()))
                .column("text", call -> DurableRow.stored(call.origin().journey()))
                .column("text", call -> DurableRow.stored(call.origin().stepId()))
                .column("text", call -> DurableRow.stored(call.origin().instanceId()))
                .column("text", call -> DurableRow.stored(call.origin().profileId()))
                .column(
                        "text",
                        call -> call.origin().trace().map(trace -> trace.text()).orElse(null));
    }
}
