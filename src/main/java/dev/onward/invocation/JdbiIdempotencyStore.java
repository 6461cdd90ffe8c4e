package dev.onward.invocation;

import dev.onward.call.CallId;
import dev.onward.call.ProfileEraser;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Digests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in PostgreSQL, table {@code onward.idempotency_key}. */
@ApplicationScoped
class JdbiIdempotencyStore implements IdempotencyStore, ProfileEraser {

    private static final String WHERE_KEY = " where sandbox = :sandbox and action = :action and key = :key";

    private final Database database;

    JdbiIdempotencyStore(Database database) {
        this.database = database;
    }

    @Override
    public Claim claim(Entry entry, CallId callId, Instant now, Instant runningUntil) {
        return database.jdbi().inTransaction(handle -> claim(handle, entry, callId, now, runningUntil));
    }

    /** The same in a transaction of the caller's. */
    Claim claim(Handle handle, Entry entry, CallId callId, Instant now, Instant runningUntil) {
        Optional<Row> row = Optional.empty();
        while (row.isEmpty()) {
            if (insert(handle, entry, callId, now, runningUntil)) {
                return new Claim(Optional.empty(), callId.toString());
            }
            // Empty when whoever held the key has just given it back.
            row = lock(handle, entry);
        }
        return claimed(handle, entry, row.get(), now, runningUntil);
    }

    @Override
    public void ended(Entry entry, String answer) {
        database.jdbi().useHandle(handle -> ended(handle, entry, answer));
    }

    /** The same in a transaction of the caller's. */
    void ended(Handle handle, Entry entry, String answer) {
        bindKey(handle.createUpdate("update onward.idempotency_key set answer = :answer" + WHERE_KEY), entry)
                .bind("answer", answer)
                .execute();
    }

    @Override
    public void refused(Entry entry, CallId callId) {
        String unanswered = WHERE_KEY + " and answer is null";
        database.jdbi().useTransaction(handle -> {
            bindKey(
                            handle.createUpdate(
                                    "delete from onward.idempotency_key" + unanswered + " and call_id = :callId"),
                            entry)
                    .bind("callId", callId.uuid())
                    .execute();
            bindKey(
                            handle.createUpdate(
                                    "update onward.idempotency_key set running_until = created_at" + unanswered),
                            entry)
                    .execute();
        });
    }

    @Override
    public void forgetBefore(Instant limit) {
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("delete from onward.idempotency_key where created_at < ?", timestamp(limit)));
    }

    @Override
    public void erase(Sandbox sandbox, String profileId) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "delete from onward.idempotency_key where sandbox = ? and profile_digest = ?",
                        sandbox.name(),
                        Digests.sha256(profileId)));
    }

    private static boolean insert(Handle handle, Entry entry, CallId callId, Instant now, Instant runningUntil) {
        return bindKey(handle.createUpdate("""
                        insert into onward.idempotency_key
                            (sandbox, action, key, fingerprint, call_id, profile_digest, running_until, created_at)
                        values (:sandbox, :action, :key, :fingerprint, :callId, :profile, :until, :now)
                        on conflict do nothing"""), entry)
                        .bind("fingerprint", entry.fingerprint())
                        .bind("callId", callId.uuid())
                        .bind("profile", profileDigest(entry))
                        .bind("until", timestamp(runningUntil))
                        .bind("now", timestamp(now))
                        .execute()
                == 1;
    }

    private static Optional<Row> lock(Handle handle, Entry entry) {
        return bindKey(
                        handle.createQuery("select fingerprint, call_id, running_until, answer"
                                + " from onward.idempotency_key" + WHERE_KEY + " for update"),
                        entry)
                .map((found, context) -> new Row(
                        found.getString("fingerprint"),
                        found.getObject("call_id", UUID.class),
                        found.getObject("running_until", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(found.getString("answer"))))
                .findOne();
    }

    private static Claim claimed(Handle handle, Entry entry, Row row, Instant now, Instant runningUntil) {
        if (!row.fingerprint().equals(entry.fingerprint())) {
            throw new IdempotencyException(
                    IdempotencyException.Reason.REUSED,
                    "this Idempotency-Key was used for another request of this action; use a fresh one");
        }
        if (row.answer().isEmpty() && row.runningUntil().isAfter(now)) {
            throw new IdempotencyException(
                    IdempotencyException.Reason.IN_PROGRESS,
                    "the first request with this Idempotency-Key has not ended; repeat it later");
        }
        if (row.answer().isEmpty()) {
            takeOver(handle, entry, runningUntil);
        }
        return new Claim(row.answer(), row.callId().toString());
    }

    /** The first run died with its process; its effect is unknown, so the repeat carries the same outgoing key. */
    private static void takeOver(Handle handle, Entry entry, Instant runningUntil) {
        bindKey(handle.createUpdate("update onward.idempotency_key set running_until = :until" + WHERE_KEY), entry)
                .bind("until", timestamp(runningUntil))
                .execute();
    }

    private static <T extends SqlStatement<T>> T bindKey(T statement, Entry entry) {
        return statement
                .bind("sandbox", entry.action().sandbox().name())
                .bind("action", entry.action().name())
                .bind("key", entry.key().text());
    }

    private static @Nullable String profileDigest(Entry entry) {
        return entry.profileId().map(Digests::sha256).orElse(null);
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private record Row(String fingerprint, UUID callId, Instant runningUntil, Optional<String> answer) {}
}
