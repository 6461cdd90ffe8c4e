package dev.onward.secret;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The ids of the keys that processes on one database have used, table {@code onward.secret_key}. It refuses a process
 * whose keys are others: what it sealed, the rest could not open.
 */
final class KeyRegistry {

    private final Jdbi jdbi;

    KeyRegistry(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Checks a ring against what is known, then registers its keys and makes its first the primary. Keys that nobody
     * needs any more are forgotten.
     *
     * @throws IllegalStateException when a key is missing or another than before
     */
    void admit(KeyRing ring) {
        jdbi.useTransaction(handle -> {
            handle.execute("lock table onward.secret_key in share row exclusive mode");
            for (Known known : known(handle)) {
                check(known, ring);
            }
            for (String id : ring.ids()) {
                handle.createUpdate("""
                        insert into onward.secret_key (kid, fingerprint) values (:kid, :fingerprint)
                        on conflict (kid) do nothing""")
                        .bind("kid", id)
                        .bind("fingerprint", ring.fingerprint(id))
                        .execute();
            }
            handle.createUpdate("update onward.secret_key set is_primary = (kid = :kid)")
                    .bind("kid", ring.primary())
                    .execute();
            handle.createUpdate("delete from onward.secret_key where kid not in (<kids>)")
                    .bindList("kids", List.copyOf(ring.ids()))
                    .execute();
        });
    }

    private static void check(Known known, KeyRing ring) {
        if (!ring.ids().contains(known.kid())) {
            if (known.needed()) {
                throw new IllegalStateException("the secret key '" + known.kid() + "' is missing among "
                        + ring.ids() + ": the database has secrets that only it opens, or another process uses it as"
                        + " its first; add it to onward.secret.keys");
            }
        } else if (!ring.fingerprint(known.kid()).equals(known.fingerprint())) {
            throw new IllegalStateException("the secret key '" + known.kid()
                    + "' is another one than the database was used with; give a new key a new id");
        }
    }

    private static List<Known> known(Handle handle) {
        return handle.createQuery("""
                select k.kid, k.fingerprint,
                       k.is_primary or exists (select from onward.secret s where s.kid = k.kid)
                           or exists (select from onward.stored_invocation i
                                      where split_part(i.sealed, '.', 2) = k.kid) as needed
                from onward.secret_key k""")
                .map((row, context) ->
                        new Known(row.getString("kid"), row.getString("fingerprint"), row.getBoolean("needed")))
                .list();
    }

    /**
     * A key that was registered.
     *
     * @param needed whether secrets or stored invocations are sealed under it, or it was made the primary last
     */
    private record Known(String kid, String fingerprint, boolean needed) {}
}
