package dev.onward.secret;

import dev.onward.sandbox.Sandbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sealed secrets in PostgreSQL, table {@code onward.secret}: of each place only the latest. Blocking. Thread-safe. */
public class Secrets {

    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final int REWRAPPED_AT_ONCE = 500;

    private final Jdbi jdbi;
    private final Sealer sealer;
    private final KeyRing ring;
    private final Clock clock;

    Secrets(Jdbi jdbi, Sealer sealer, KeyRing ring, Clock clock) {
        this.jdbi = jdbi;
        this.sealer = sealer;
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * Makes an owner's secrets those given and those kept; all others are forgotten.
     *
     * @param handle in the transaction that stores the owner
     * @param fresh new values by member
     * @param kept members whose stored value stays
     */
    public void replace(Handle handle, Sandbox sandbox, String owner, Map<String, SecretText> fresh, Set<String> kept) {
        Set<String> members = new HashSet<>(kept);
        members.addAll(fresh.keySet());
        handle.createUpdate("""
                delete from onward.secret
                where sandbox = :sandbox and owner = :owner and not member = any(:members)""")
                .bind("sandbox", sandbox.name())
                .bind("owner", owner)
                .bindArray("members", String.class, members.toArray())
                .execute();
        fresh.forEach((member, value) -> put(handle, new Place(sandbox, owner, member), value));
    }

    /**
     * Gives a place that has a secret another, as if it had always been so: when it was set does not change.
     *
     * @param expected what must stand there
     * @return whether it stood there; else nothing is changed
     */
    public boolean exchange(Sandbox sandbox, String owner, String member, SecretText expected, SecretText value) {
        Place place = new Place(sandbox, owner, member);
        return jdbi.inTransaction(handle -> {
            boolean stands = handle.createQuery("""
                    select sealed from onward.secret
                    where sandbox = :sandbox and owner = :owner and member = :member for update""")
                    .bind("sandbox", sandbox.name())
                    .bind("owner", owner)
                    .bind("member", member)
                    .mapTo(String.class)
                    .findOne()
                    .filter(text -> sealer.open(place, text).equals(expected))
                    .isPresent();
            return stands
                    && handle.createUpdate("""
                    update onward.secret set sealed = :sealed, kid = :kid
                    where sandbox = :sandbox and owner = :owner and member = :member""")
                                    .bind("sandbox", sandbox.name())
                                    .bind("owner", owner)
                                    .bind("member", member)
                                    .bind("sealed", sealer.seal(place, value))
                                    .bind("kid", ring.primary())
                                    .execute()
                            == 1;
        });
    }

    /**
     * Forgets the secrets of every owner whose name begins so, but for one.
     *
     * @param except empty for none
     */
    public void forgetOthers(Handle handle, Sandbox sandbox, String prefix, String except) {
        handle.createUpdate("""
                delete from onward.secret
                where sandbox = :sandbox and starts_with(owner, :prefix) and owner <> :except""")
                .bind("sandbox", sandbox.name())
                .bind("prefix", prefix)
                .bind("except", except)
                .execute();
    }

    /**
     * Seals a value that its owner keeps elsewhere. It opens for this owner only, and as long as the key of this moment is
     * configured: when keys rotate, whoever keeps it has it sealed anew by {@link #reseal}.
     */
    public String seal(Sandbox sandbox, String owner, SecretText value) {
        return sealer.seal(new Place(sandbox, owner, ""), value);
    }

    /**
     * Opens what {@link #seal} gave.
     *
     * @throws SecretException when its key is missing, or when it was changed or moved
     */
    public SecretText unseal(Sandbox sandbox, String owner, String sealed) {
        return sealer.open(new Place(sandbox, owner, ""), sealed);
    }

    /** The keys that open and do not seal any more. */
    public Set<String> olderKeys() {
        Set<String> older = new HashSet<>(ring.ids());
        older.remove(ring.primary());
        return older;
    }

    /**
     * What {@link #seal} gave, under the key that seals now; the value is not opened.
     *
     * @throws SecretException as {@link #unseal}
     */
    public String reseal(Sandbox sandbox, String owner, String sealed) {
        return sealer.rewrap(new Place(sandbox, owner, ""), sealed);
    }

    /** The secrets of an owner, opened. What cannot be opened is logged and told as a fault. */
    public OpenedSecrets open(Sandbox sandbox, String owner) {
        return jdbi.withHandle(handle -> open(handle, sandbox, owner));
    }

    /** As {@link #open(Sandbox, String)}, in a transaction. */
    public OpenedSecrets open(Handle handle, Sandbox sandbox, String owner) {
        Map<String, SecretText> values = new HashMap<>();
        Map<String, Instant> updatedAt = new HashMap<>();
        Optional<SecretException.Reason> fault = Optional.empty();
        for (Sealed row : rows(handle, sandbox, owner)) {
            updatedAt.put(row.place().member(), row.updatedAt());
            try {
                values.put(row.place().member(), sealer.open(row.place(), row.text()));
            } catch (SecretException unusable) {
                LOG.errorf(
                        "the secret %s of %s in sandbox %s cannot be opened: %s",
                        row.place().member(), owner, sandbox, unusable.getMessage());
                fault = Optional.of(unusable.reason());
            }
        }
        return new OpenedSecrets(values, updatedAt, fault);
    }

    /**
     * Seals the data keys of all secrets under the primary key, so that older keys can be retired.
     *
     * @return how many were sealed under another key
     */
    int rewrap() {
        int all = 0;
        for (int some = rewrapSome(); some > 0; some = rewrapSome()) {
            all += some;
        }
        return all;
    }

    private int rewrapSome() {
        return jdbi.inTransaction(handle -> {
            List<Sealed> rows = handle.createQuery("""
                    select sandbox, owner, member, sealed, updated_at from onward.secret
                    where kid <> :kid and kid = any(:known) limit :limit for update skip locked""")
                    .bind("kid", ring.primary())
                    .bindArray("known", String.class, ring.ids().toArray())
                    .bind("limit", REWRAPPED_AT_ONCE)
                    .map((row, context) -> sealed(row))
                    .list();
            rows.forEach(row -> rewrap(handle, row));
            return rows.size();
        });
    }

    /** One that is damaged is given the new key's id all the same: it stays damaged, and holds no key back. */
    private void rewrap(Handle handle, Sealed row) {
        String text = row.text();
        try {
            text = sealer.rewrap(row.place(), row.text());
        } catch (SecretException damaged) {
            LOG.errorf(
                    "the secret %s of %s cannot be opened: %s",
                    row.place().member(), row.place().owner(), damaged);
        }
        store(handle, row.place(), text, row.updatedAt());
    }

    private void put(Handle handle, Place place, SecretText value) {
        store(handle, place, sealer.seal(place, value), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void store(Handle handle, Place place, String sealed, Instant updatedAt) {
        handle.createUpdate("""
                insert into onward.secret (sandbox, owner, member, sealed, kid, updated_at)
                values (:sandbox, :owner, :member, :sealed, :kid, :at)
                on conflict (sandbox, owner, member)
                do update set sealed = excluded.sealed, kid = excluded.kid, updated_at = excluded.updated_at""")
                .bind("sandbox", place.sandbox().name())
                .bind("owner", place.owner())
                .bind("member", place.member())
                .bind("sealed", sealed)
                .bind("kid", ring.primary())
                .bind("at", OffsetDateTime.ofInstant(updatedAt, ZoneOffset.UTC))
                .execute();
    }

    private static List<Sealed> rows(Handle handle, Sandbox sandbox, String owner) {
        return handle.createQuery("""
                select sandbox, owner, member, sealed, updated_at from onward.secret
                where sandbox = :sandbox and owner = :owner""")
                .bind("sandbox", sandbox.name())
                .bind("owner", owner)
                .map((row, context) -> sealed(row))
                .list();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        Place place = new Place(new Sandbox(row.getString("sandbox")), row.getString("owner"), row.getString("member"));
        Instant at = row.getObject("updated_at", OffsetDateTime.class).toInstant();
        return new Sealed(place, row.getString("sealed"), at);
    }

    private record Sealed(Place place, String text, Instant updatedAt) {}
}
