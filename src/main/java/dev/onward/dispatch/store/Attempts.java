package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.database.ArrayStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The attempts of calls that have not ended, in {@code onward.durable_attempt}. Every method works in the transaction of
 * the handle. Thread-safe.
 */
final class Attempts {

    /** So many attempts of a call are shown; of more the first are forgotten. */
    static final int KEPT = 50;

    private static final String ADD =
            "INSERT INTO onward.durable_attempt (call_id, number, record) SELECT * FROM unnest(?, ?, ?)";

    private static final String FORGET =
            "DELETE FROM onward.durable_attempt a USING unnest(?, ?) AS made(call_id, number)"
                    + " WHERE a.call_id = made.call_id AND a.number = made.number - " + KEPT;

    private static final String TAKE = "DELETE FROM onward.durable_attempt a USING unnest(?) AS ended(call_id)"
            + " WHERE a.call_id = ended.call_id RETURNING a.call_id, a.number, a.record";

    private static final String READ =
            "SELECT call_id, number, record FROM onward.durable_attempt" + " WHERE call_id = ANY (?)";

    /** An attempt, numbered from 1 through all runs of its call. */
    record Made(CallId callId, int number, String record) {

        private static Made read(ResultSet row) throws SQLException {
            return new Made(
                    new CallId(row.getObject("call_id", UUID.class)), row.getInt("number"), row.getString("record"));
        }
    }

    void add(Handle handle, List<Made> made) throws SQLException {
        if (made.isEmpty()) {
            return;
        }
        try (ArrayStatement<Made> statement = new ArrayStatement<>(handle, ADD, made)) {
            statement
                    .column("uuid", attempt -> attempt.callId().uuid())
                    .column("int4", Made::number)
                    .column("text", Made::record)
                    .execute();
        }
        List<Made> late =
                made.stream().filter(attempt -> attempt.number() > KEPT).toList();
        if (!late.isEmpty()) {
            try (ArrayStatement<Made> statement = new ArrayStatement<>(handle, FORGET, late)) {
                statement
                        .column("uuid", attempt -> attempt.callId().uuid())
                        .column("int4", Made::number)
                        .execute();
            }
        }
    }

    /** Removes the attempts of calls and gives them, the first of each call first. */
    Map<CallId, List<String>> take(Handle handle, List<CallId> calls) throws SQLException {
        return calls.isEmpty() ? Map.of() : byCall(handle, TAKE, calls);
    }

    /** The attempts of one call, the first first. */
    List<String> read(Handle handle, CallId call) throws SQLException {
        return byCall(handle, READ, List.of(call)).getOrDefault(call, List.of());
    }

    private static Map<CallId, List<String>> byCall(Handle handle, String sql, List<CallId> calls) throws SQLException {
        try (ArrayStatement<CallId> statement = new ArrayStatement<>(handle, sql, calls)) {
            return statement.column("uuid", CallId::uuid).query(Made::read).stream()
                    .sorted(Comparator.comparingInt(Made::number))
                    .collect(
                            Collectors.groupingBy(Made::callId, Collectors.mapping(Made::record, Collectors.toList())));
        }
    }
}
