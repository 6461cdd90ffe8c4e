package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.call.HttpMethod;
import dev.onward.call.TraceParent;
import dev.onward.database.StoredText;
import dev.onward.dispatch.store.DurableCall.Target;
import dev.onward.sandbox.Sandbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a row of {@code onward.durable_call} is read, and the texts in it are written. */
final class DurableRow {

    /** What {@link #claim} reads, of the table {@code d}. */
    static final String COLUMNS = "d.call_id, d.seq, d.sandbox, d.lane, d.action, d.action_version, d.caller_id,"
            + " d.journey, d.step_id, d.instance_id, d.profile_id, d.trace, d.method, d.url, d.host, d.invocation,"
            + " d.at_most_once, d.deadline, d.replay_of, d.replay_version, d.callback, d.callback_of, d.state, d.due_at,"
            + " d.attempts, d.failures, d.fence, d.in_doubt, d.doomed";

    private DurableRow() {}

    static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                call(row),
                row.getLong("seq"),
                row.getInt("fence"),
                row.getInt("attempts"),
                row.getInt("failures"),
                row.getBoolean("in_doubt"),
                row.getBoolean("doomed"));
    }

    static DurableCall call(ResultSet row) throws SQLException {
        return new DurableCall(
                new CallId(row.getObject("call_id", UUID.class)),
                lane(row),
                row.getString("action"),
                row.getInt("action_version"),
                origin(row),
                new Target(
                        HttpMethod.valueOf(row.getString("method")),
                        StoredText.unescape(row.getString("url")),
                        row.getString("host")),
                row.getString("invocation"),
                row.getBoolean("at_most_once"),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                new CallLinks(callId(row, "replay_of"), callId(row, "callback_of")),
                pinned(row.getInt("replay_version")),
                text(row, "callback"));
    }

    static Lane lane(ResultSet row) throws SQLException {
        return new Lane(
                new Sandbox(row.getString("sandbox")),
                row.getString("lane"),
                row.getString("action"),
                text(row, "journey").orElse(""));
    }

    private static Optional<CallId> callId(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class)).map(CallId::new);
    }

    /** No version is none: an absent number reads as zero. */
    private static OptionalInt pinned(int version) {
        return version > 0 ? OptionalInt.of(version) : OptionalInt.empty();
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static @Nullable String stored(Optional<String> text) {
        return text.map(StoredText::escape).orElse(null);
    }

    private static CallOrigin origin(ResultSet row) throws SQLException {
        return new CallOrigin(
                text(row, "caller_id"),
                text(row, "profile_id"),
                text(row, "journey"),
                text(row, "step_id"),
                text(row, "instance_id"),
                text(row, "trace").flatMap(TraceParent::parse));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(StoredText::unescape);
    }
}
