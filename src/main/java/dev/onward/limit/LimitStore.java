package dev.onward.limit;

import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.limit.LimitConfig.Stamp;
import dev.onward.limit.ThrottleDrains.Drain;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Configurations in PostgreSQL, table {@code onward.limit_config}. Blocking. Thread-safe. */
@ApplicationScoped
class LimitStore {

    /** The topic of {@link ChangeFeed}; the change's key is the sandbox's name. */
    static final String TOPIC = "limit";

    private static final String COLUMNS =
            "uid, sandbox, kind, document, deployed, state, created_at, created_by, last_modified_at,"
                    + " last_modified_by, last_deployed_at, last_deployed_by";

    private final Database database;
    private final ChangeFeed changes;
    private final Clock clock;

    LimitStore(Database database, ChangeFeed changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    LimitConfig create(Sandbox sandbox, LimitKind kind, String document, String author) {
        return database.jdbi().inTransaction(handle -> create(handle, sandbox, kind, document, author));
    }

    /** As the other, in a transaction. */
    LimitConfig create(Handle handle, Sandbox sandbox, LimitKind kind, String document, String author) {
        return handle.createQuery("""
                insert into onward.limit_config
                    (uid, sandbox, kind, document, state, created_at, created_by, last_modified_at, last_modified_by)
                values (:uid, :sandbox, :kind, :document, 'created', :at, :author, :at, :author)
                returning\s""" + COLUMNS)
                .bind("uid", UUID.randomUUID())
                .bind("sandbox", sandbox.name())
                .bind("kind", kind.stored())
                .bind("document", document)
                .bind("at", now())
                .bind("author", author)
                .map(LimitStore::row)
                .one();
    }

    /** The configuration that {@code change} makes of the stored one; empty when there is none. */
    Optional<LimitConfig> change(
            Sandbox sandbox, LimitKind kind, String uid, Function<LimitConfig, LimitConfig> change) {
        return database.jdbi().inTransaction(handle -> {
            Optional<LimitConfig> before = find(handle, sandbox, kind, uid, " for update");
            before.ifPresent(config -> {
                LimitConfig changed = change.apply(config);
                save(handle, changed);
                ThrottleDrains.changed(handle, config, changed.isDeployed(), clock.instant());
            });
            return find(handle, sandbox, kind, uid, "");
        });
    }

    /**
     * Removes a configuration.
     *
     * @param refusal throws when the stored one must stay
     * @return whether there was one
     */
    boolean delete(Sandbox sandbox, LimitKind kind, String uid, Consumer refusal) {
        return database.jdbi().inTransaction(handle -> {
            Optional<LimitConfig> before = find(handle, sandbox, kind, uid, " for update");
            before.ifPresent(config -> {
                refusal.accept(config);
                handle.execute("delete from onward.limit_config where uid = ?", config.uid());
                ThrottleDrains.changed(handle, config, false, clock.instant());
                changes.publish(handle, TOPIC, sandbox.name());
            });
            return before.isPresent();
        });
    }

    /** May refuse by throwing. */
    interface Consumer {
        void accept(LimitConfig config);
    }

    Optional<LimitConfig> find(Sandbox sandbox, LimitKind kind, String uid) {
        return database.jdbi().withHandle(handle -> find(handle, sandbox, kind, uid, ""));
    }

    List<LimitConfig> list(Sandbox sandbox, LimitKind kind) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select " + COLUMNS
                                        + " from onward.limit_config where sandbox = :sandbox and kind = :kind order by created_at, uid")
                        .bind("sandbox", sandbox.name())
                        .bind("kind", kind.stored())
                        .map(LimitStore::row)
                        .list());
    }

    /**
     * What calls are under.
     *
     * @param deployed those of both kinds that are in force
     * @param drains those that only older calls are under
     * @param readAt when this was so
     */
    record Deployed(List<LimitConfig> deployed, List<Drain> drains, Instant readAt) {}

    Deployed deployed(Sandbox sandbox) {
        return database.jdbi().inTransaction(handle -> {
            List<LimitConfig> inForce = handle.createQuery("select " + COLUMNS
                            + " from onward.limit_config where sandbox = :sandbox and deployed is not null"
                            + " order by created_at, uid")
                    .bind("sandbox", sandbox.name())
                    .map(LimitStore::row)
                    .list();
            Instant now = clock.instant();
            return new Deployed(inForce, ThrottleDrains.open(handle, sandbox.name(), now), now);
        });
    }

    /** Keeps another state of a configuration, in a transaction. */
    void save(Handle handle, LimitConfig config) {
        handle.createUpdate("""
                update onward.limit_config
                set document = :document, deployed = :deployed, state = :state,
                    last_modified_at = :modifiedAt, last_modified_by = :modifiedBy,
                    last_deployed_at = :deployedAt, last_deployed_by = :deployedBy
                where uid = :uid""")
                .bind("uid", config.uid())
                .bind("document", config.document())
                .bind("deployed", config.deployed())
                .bind("state", config.state())
                .bind("modifiedAt", offset(config.modified().at()))
                .bind("modifiedBy", config.modified().by())
                .bind("deployedAt", config.lastDeployed().map(Stamp::at).map(LimitStore::offset))
                .bind("deployedBy", config.lastDeployed().map(Stamp::by))
                .execute();
        changes.publish(handle, TOPIC, config.sandbox().name());
    }

    private static Optional<LimitConfig> find(
            Handle handle, Sandbox sandbox, LimitKind kind, String uid, String locking) {
        Optional<UUID> id = uuid(uid);
        return id.flatMap(known -> handle.createQuery("select " + COLUMNS
                        + " from onward.limit_config where sandbox = :sandbox and kind = :kind and uid = :uid"
                        + locking)
                .bind("sandbox", sandbox.name())
                .bind("kind", kind.stored())
                .bind("uid", known)
                .map(LimitStore::row)
                .findOne());
    }

    /** What cannot be an id is simply not there. */
    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The stamp of somebody who does something now. */
    Stamp stamp(String author) {
        return new Stamp(clock.instant(), author);
    }

    private OffsetDateTime now() {
        return offset(clock.instant());
    }

    private static OffsetDateTime offset(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static LimitConfig row(ResultSet row, StatementContext context) throws SQLException {
        return new LimitConfig(
                row.getObject("uid", UUID.class),
                new Sandbox(row.getString("sandbox")),
                row.getString("kind").equals(LimitKind.CAPPING.stored()) ? LimitKind.CAPPING : LimitKind.THROTTLING,
                row.getString("document"),
                Optional.ofNullable(row.getString("deployed")),
                row.getString("state"),
                new Stamp(instant(row.getObject("created_at", OffsetDateTime.class)), row.getString("created_by")),
                new Stamp(
                        instant(row.getObject("last_modified_at", OffsetDateTime.class)),
                        row.getString("last_modified_by")),
                deployed(row.getObject("last_deployed_at", OffsetDateTime.class), row.getString("last_deployed_by")));
    }

    private static Optional<Stamp> deployed(@Nullable OffsetDateTime at, @Nullable String by) {
        return at == null || by == null ? Optional.empty() : Optional.of(new Stamp(at.toInstant(), by));
    }

    private static Instant instant(OffsetDateTime at) {
        return at.toInstant();
    }
}
