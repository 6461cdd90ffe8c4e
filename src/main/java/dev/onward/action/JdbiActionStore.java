package dev.onward.action;

import dev.onward.credential.SecretOwner;
import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.Secrets;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Actions in PostgreSQL, tables {@code onward.action} and {@code onward.action_version}. */
@ApplicationScoped
class JdbiActionStore implements ActionStore {

    /** The topic of {@link ChangeFeed} that tells of a new version; the change's key is {@code sandbox/name}. */
    static final String TOPIC = "action";

    private static final String ROWS = """
            select a.id, a.sandbox, a.name, v.version, v.document, v.created_at, v.created_by
            from onward.action a join onward.action_version v on v.action_id = a.id
            where a.sandbox = :sandbox""";

    private final Database database;
    private final Secrets secrets;
    private final ChangeFeed changes;
    private final DeletionListener listener;
    private final Clock clock;

    JdbiActionStore(Database database, Secrets secrets, ChangeFeed changes, DeletionListener listener, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.changes = changes;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public StoredAction create(Draft draft, Consumer<Handle> alongside) {
        return database.jdbi().inTransaction(handle -> {
            UUID id = UUID.randomUUID();
            int inserted = handle.createUpdate("""
                    insert into onward.action (id, sandbox, name, description, version, credential)
                    values (:id, :sandbox, :name, :description, 1, :credential) on conflict (sandbox, name) do nothing""")
                    .bind("id", id)
                    .bind("sandbox", draft.sandbox().name())
                    .bind("name", draft.name())
                    .bind("description", draft.description())
                    .bind("credential", draft.secrets().credential())
                    .execute();
            if (inserted == 0) {
                throw new ActionException(
                        ActionException.Reason.ALREADY_EXISTS,
                        "there is already an action '" + draft.name() + "'; PUT makes a new version of it");
            }
            alongside.accept(handle);
            return addVersion(handle, id, 1, draft);
        });
    }

    @Override
    public StoredAction replace(Draft draft, Predicate<String> precondition) {
        return database.jdbi().inTransaction(handle -> {
            StoredAction latest = lock(handle, draft.sandbox(), draft.name(), precondition);
            int version = latest.version() + 1;
            handle.createUpdate("""
                    update onward.action set version = :version, description = :description, credential = :credential
                    where id = :id""")
                    .bind("credential", draft.secrets().credential())
                    .bind("version", version)
                    .bind("description", draft.description())
                    .bind("id", latest.id())
                    .execute();
            return addVersion(handle, latest.id(), version, draft);
        });
    }

    @Override
    public void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        database.jdbi().useTransaction(handle -> {
            StoredAction latest = lock(handle, sandbox, name, precondition);
            handle.execute("delete from onward.action where id = ?", latest.id());
            secrets.forgetOthers(handle, sandbox, SecretOwner.actionPrefix(latest.id()), "");
            listener.deleted(handle, sandbox, name);
            publish(handle, sandbox, name);
        });
    }

    @Override
    public Optional<StoredAction> latest(Sandbox sandbox, String name) {
        return database.jdbi().withHandle(handle -> latest(handle, sandbox, name));
    }

    @Override
    public Optional<StoredAction> version(Sandbox sandbox, String name, int version) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ROWS + " and a.name = :name and v.version = :version")
                        .bind("sandbox", sandbox.name())
                        .bind("name", name)
                        .bind("version", version)
                        .map(JdbiActionStore::row)
                        .findOne());
    }

    @Override
    public Page<StoredAction> list(Sandbox sandbox, String containing, String afterName, int limit) {
        List<StoredAction> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery(ROWS + """
                         and v.version = a.version and a.name > :after
                         and (strpos(lower(a.name), lower(:text)) > 0 or strpos(lower(a.description), lower(:text)) > 0)
                        order by a.name limit :limit""")
                        .bind("sandbox", sandbox.name())
                        .bind("after", afterName)
                        .bind("text", containing)
                        .bind("limit", limit + 1)
                        .map(JdbiActionStore::row)
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(row.name())));
    }

    @Override
    public Page<StoredAction> versions(Sandbox sandbox, String name, Optional<Integer> beforeVersion, int limit) {
        List<StoredAction> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery(ROWS
                                + " and a.name = :name and v.version < :before order by v.version desc limit :limit")
                        .bind("sandbox", sandbox.name())
                        .bind("name", name)
                        .bind("before", beforeVersion.orElse(Integer.MAX_VALUE))
                        .bind("limit", limit + 1)
                        .map(JdbiActionStore::row)
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(Integer.toString(row.version()))));
    }

    private static Optional<StoredAction> latest(Handle handle, Sandbox sandbox, String name) {
        return handle.createQuery(ROWS + " and a.name = :name and v.version = a.version")
                .bind("sandbox", sandbox.name())
                .bind("name", name)
                .map(JdbiActionStore::row)
                .findOne();
    }

    /**
     * Locks, then reads: one statement for both would, after it waited for another replacement, look for the new number
     * among the versions that it saw before.
     */
    private static StoredAction lock(Handle handle, Sandbox sandbox, String name, Predicate<String> precondition) {
        handle.createQuery("select id from onward.action where sandbox = :sandbox and name = :name for update")
                .bind("sandbox", sandbox.name())
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne();
        StoredAction latest = latest(handle, sandbox, name).orElseThrow(() -> ActionException.notFound(name));
        if (!precondition.test(latest.tag())) {
            throw new ActionException(
                    ActionException.Reason.PRECONDITION_FAILED,
                    "the action has changed: its tag is now \"" + latest.tag() + "\"; read it again");
        }
        return latest;
    }

    private StoredAction addVersion(Handle handle, UUID id, int version, Draft draft) {
        StoredAction row = handle.createQuery("""
                insert into onward.action_version (action_id, version, document, created_at, created_by)
                values (:id, :version, :document, :at, :author)
                returning action_id as id, :sandbox as sandbox, :name as name, version, document, created_at, created_by""")
                .bind("id", id)
                .bind("version", version)
                .bind("document", draft.document())
                .bind("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .bind("author", draft.author())
                .bind("sandbox", draft.sandbox().name())
                .bind("name", draft.name())
                .map(JdbiActionStore::row)
                .one();
        keep(handle, id, draft);
        publish(handle, draft.sandbox(), draft.name());
        return row;
    }

    private void keep(Handle handle, UUID id, Draft draft) {
        String owner = draft.secrets().owner().apply(id);
        secrets.replace(
                handle,
                draft.sandbox(),
                owner,
                draft.secrets().fresh(),
                draft.secrets().kept());
        secrets.forgetOthers(handle, draft.sandbox(), SecretOwner.actionPrefix(id), owner);
    }

    private void publish(Handle handle, Sandbox sandbox, String name) {
        changes.publish(handle, TOPIC, sandbox.name() + "/" + name);
    }

    private static StoredAction row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredAction(
                row.getObject("id", UUID.class),
                new Sandbox(row.getString("sandbox")),
                row.getString("name"),
                row.getInt("version"),
                row.getString("document"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }
}
