package dev.onward.calllog.search;

import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads the calls from {@code onward.call_record}. */
@Singleton
public final class JdbiCallLogStore implements CallLogStore {

    private static final String COLUMNS = "call_id, at, sandbox, action, action_version, journey, step_id, instance_id,"
            + " profile_id, caller_id, outcome, jo_status_code, attempts, elapsed_ms, method, url, host, error_code,"
            + " error_message";

    /** A call begins after its id was made; a clock that was set back meanwhile is allowed for. */
    private static final Duration CLOCK_SET_BACK = Duration.ofHours(1);

    private final Jdbi jdbi;

    public JdbiCallLogStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public LogPage find(LogQuery query) {
        Conditions conditions = conditions(query);
        List<LoggedCall> found = jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM onward.call_record" + conditions.sql()
                        + " ORDER BY at DESC, call_id DESC LIMIT :oneMore")
                .bindMap(conditions.values())
                .bind("oneMore", query.limit() + 1)
                .map((row, context) -> call(row))
                .list());
        if (found.size() <= query.limit()) {
            return new LogPage(found, Optional.empty());
        }
        List<LoggedCall> page = found.subList(0, query.limit());
        LoggedCall last = page.get(page.size() - 1);
        return new LogPage(page, Optional.of(new LogCursor(last.at(), last.callId())));
    }

    @Override
    public Optional<LoggedCall.WithDocument> find(LogScope scope, CallId callId) {
        Conditions conditions = inScope(scope)
                .and("call_id = :callId", "callId", callId.uuid())
                .and("at >= :earliest", "earliest", time(callId.madeAt().minus(CLOCK_SET_BACK)));
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + ", document FROM onward.call_record" + conditions.sql())
                .bindMap(conditions.values())
                .map((row, context) -> new LoggedCall.WithDocument(call(row), row.getString("document")))
                .findFirst());
    }

    private static Conditions conditions(LogQuery query) {
        LogFilter filter = query.filter();
        Conditions conditions = inScope(query.scope())
                .and("action = :action", "action", filter.action().map(StoredText::escape))
                .and("journey = :journey", "journey", filter.journey().map(StoredText::escape))
                .and("outcome = :outcome", "outcome", filter.outcome())
                .and("host = :host", "host", filter.host().map(StoredText::escape))
                .and("at >= :from", "from", filter.from().map(JdbiCallLogStore::time))
                .and("at < :to", "to", filter.to().map(JdbiCallLogStore::time));
        filter.profile()
                .map(StoredText::escape)
                .ifPresent(profile -> conditions
                        .and("left(profile_id, 128) = left(:profile, 128)")
                        .and("profile_id = :profile", "profile", profile));
        filter.outcome()
                .filter(outcome -> !outcome.equals("succeeded"))
                .ifPresent(failure -> conditions.and("outcome <> 'succeeded'"));
        filter.status()
                .ifPresent(status -> conditions
                        .and("status >= :firstStatus", "firstStatus", status.first())
                        .and("status <= :lastStatus", "lastStatus", status.last()));
        query.after()
                .ifPresent(cursor -> conditions
                        .and(
                                "(at, call_id) < (:cursorAt, :cursorId)",
                                "cursorId",
                                cursor.callId().uuid())
                        .and("at <= :cursorAt", "cursorAt", time(cursor.at())));
        return conditions;
    }

    private static Conditions inScope(LogScope scope) {
        return new Conditions()
                .and("sandbox = :sandbox", "sandbox", scope.sandbox().name())
                .and("caller_id = :caller", "caller", scope.callerId().map(StoredText::escape));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static LoggedCall call(ResultSet row) throws SQLException {
        return new LoggedCall(
                new CallId(row.getObject("call_id", UUID.class)),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Sandbox(row.getString("sandbox")),
                text(row, "action"),
                row.getInt("action_version"),
                origin(row),
                text(row, "outcome"),
                text(row, "jo_status_code"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("elapsed_ms")),
                text(row, "method"),
                text(row, "url"),
                text(row, "host"),
                optionalText(row, "error_code"),
                optionalText(row, "error_message"));
    }

    private static CallOrigin origin(ResultSet row) throws SQLException {
        return new CallOrigin(
                optionalText(row, "caller_id"),
                optionalText(row, "profile_id"),
                optionalText(row, "journey"),
                optionalText(row, "step_id"),
                optionalText(row, "instance_id"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return StoredText.unescape(row.getString(column));
    }

    private static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(StoredText::unescape);
    }
}
