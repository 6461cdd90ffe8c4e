package dev.onward.calllog.table;

import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * The profiles that were erased, kept as digests for as long as the log is. With them, rows that come in later, from the
 * spool of another process or of one that was down, are erased before they are stored. Every method works in the
 * transaction of the handle.
 */
final class ErasedProfiles {

    /** Exclusive while a profile is erased, shared while a batch comes in: none slips through between the two. */
    private static final long LOCK = 0x6f6e_7761_7264_0006L;

    private static final String DIGEST = "sha256(convert_to(%s, 'UTF8'))";

    /** What is erased of a row. */
    private static final String ERASE = " SET profile_id = NULL, instance_id = NULL, error_message = NULL,"
            + " url = coalesce(substring(url FROM '^[A-Za-z]+://[^/?#]*'), ''), document = :erased::json";

    private static final String NOTE = "INSERT INTO onward.erased_profile (sandbox, profile_digest, erased_at)"
            + " VALUES (:sandbox, " + DIGEST.formatted(":profile") + ", clock_timestamp())"
            + " ON CONFLICT (sandbox, profile_digest) DO UPDATE SET erased_at = excluded.erased_at";

    private static final String ERASE_STORED = "UPDATE onward.call_record" + ERASE
            + " WHERE sandbox = :sandbox AND left(profile_id, 128) = left(:profile, 128) AND profile_id = :profile";

    private static final String ERASE_BATCH = "UPDATE call_batch b" + ERASE
            + " FROM onward.erased_profile e WHERE e.sandbox = b.sandbox AND e.profile_digest = "
            + DIGEST.formatted("b.profile_id") + " AND b.at <= e.erased_at";

    private ErasedProfiles() {}

    /** Erases the profile in the table and in all rows that begin before now and come in later. */
    static void erase(Handle handle, Sandbox sandbox, String profileId) {
        String stored = StoredText.escape(profileId);
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        handle.createUpdate(NOTE)
                .bind("sandbox", sandbox.name())
                .bind("profile", stored)
                .execute();
        handle.createUpdate(ERASE_STORED)
                .bind("sandbox", sandbox.name())
                .bind("profile", stored)
                .bind("erased", CallDocument.ERASED)
                .execute();
    }

    /** Whether there is any; until the transaction ends none is added. */
    static boolean exist(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock_shared(?)", LOCK);
        return handle.createQuery("SELECT EXISTS (SELECT FROM onward.erased_profile)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Erases in the batch that is about to be stored. */
    static void applyToBatch(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock_shared(?)", LOCK);
        handle.createUpdate(ERASE_BATCH).bind("erased", CallDocument.ERASED).execute();
    }

    /** Forgets those that were erased before: no row of theirs can still come in. */
    static void forgetBefore(Handle handle, Instant limit) {
        handle.createUpdate("DELETE FROM onward.erased_profile WHERE erased_at < :limit")
                .bind("limit", limit.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
