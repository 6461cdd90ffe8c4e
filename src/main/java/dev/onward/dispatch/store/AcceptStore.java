package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
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
                instance_id, profile_id, trace, method, url, host, invocation, bytes, at_most_once, deadline,
                replay_of, replay_version, callback, callback_of, state, due_at)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
     * @param notBefore when it may be sent at the earliest; empty for at once
     */
    public record Asked(DurableCall call, Optional<AcceptedKeys.Key> key, String answer, Optional<Instant> notBefore) {

        /** A call that may be sent at once. */
        public Asked(DurableCall call, Optional<AcceptedKeys.Key> key, String answer) {
            this(call, key, answer, Optional.empty());
        }
    }

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
            List<Asked> fresh =
                    asked.stream().filter(each -> !exceptions.containsKey(each)).toList();
            insert(handle, fresh);
            List<Told> told = new ArrayList<>(asked.size());
            for (Asked each : asked) {
                told.add(exceptions.getOrDefault(each, new Told(each.answer(), false, Optional.empty())));
            }
            return told;
        });
    }

    /** Stores calls in the transaction of the handle. */
    public static void store(Handle handle, List<DurableCall> calls) throws SQLException {
        insert(
                handle,
                calls.stream()
                        .map(call -> new Asked(call, Optional.empty(), ""))
                        .toList());
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

    private static void insert(Handle handle, List<Asked> asked) throws SQLException {
        if (asked.isEmpty()) {
            return;
        }
        try (ArrayStatement<Asked> statement = new ArrayStatement<>(handle, INSERT, asked)) {
            statement
                    .column("uuid", each -> each.call().id().uuid())
                    .column("text", each -> each.call().sandbox().name())
                    .column("text", each -> each.call().lane().origin())
                    .column("text", each -> each.call().action())
                    .column("int4", each -> each.call().actionVersion());
            origin(statement);
            message(statement);
            links(statement);
            statement
                    .column("text", each -> each.notBefore().isPresent() ? "delayed" : "ready")
                    .column(
                            "timestamptz",
                            each -> each.notBefore().map(DurableRow::time).orElse(null))
                    .execute();
        }
    }

    private static void origin(ArrayStatement<Asked> statement) throws SQLException {
        statement
                .column("text", each -> DurableRow.stored(each.call().origin().callerId()))
                .column("text", each -> DurableRow.stored(each.call().origin().journey()))
                .column("text", each -> DurableRow.stored(each.call().origin().stepId()))
                .column("text", each -> DurableRow.stored(each.call().origin().instanceId()))
                .column("text", each -> DurableRow.stored(each.call().origin().profileId()))
                .column(
                        "text",
                        each -> each.call()
                                .origin()
                                .trace()
                                .map(trace -> trace.text())
                                .orElse(null));
    }

    private static void message(ArrayStatement<Asked> statement) throws SQLException {
        statement
                .column("text", each -> each.call().target().method().name())
                .column("text", each -> StoredText.escape(each.call().target().url()))
                .column("text", each -> each.call().target().host())
                .column("text", each -> each.call().invocation())
                .column("int4", each -> each.call().bytes())
                .column("bool", each -> each.call().atMostOnce())
                .column("timestamptz", each -> DurableRow.time(each.call().deadline()));
    }

    private static void links(ArrayStatement<Asked> statement) throws SQLException {
        statement
                .column(
                        "uuid",
                        each -> each.call().links().replayOf().map(CallId::uuid).orElse(null))
                .column(
                        "int4",
                        each -> each.call().pinned().isPresent()
                                ? each.call().pinned().getAsInt()
                                : null)
                .column("text", each -> DurableRow.stored(each.call().callback()))
                .column(
                        "uuid",
                        each -> each.call()
                                .links()
                                .callbackOf()
                                .map(CallId::uuid)
                                .orElse(null));
    }
}
