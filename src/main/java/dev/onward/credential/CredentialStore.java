package dev.onward.credential;

import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretText;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Named credentials in PostgreSQL, table {@code onward.credential}, their secrets beside them. Blocking. Thread-safe. */
@ApplicationScoped
class CredentialStore {

    private static final String ROWS = """
            select id, sandbox, name, version, document, created_at, created_by, updated_at
            from onward.credential where sandbox = :sandbox""";

    private final Database database;
    private final Secrets secrets;
    private final ChangeFeed changes;
    private final Clock clock;

    CredentialStore(Database database, Secrets secrets, ChangeFeed changes, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * What is to be kept.
     *
     * @param document JSON text with markers
     * @param owner of its secrets, for an id
     */
    record Draft(
            Sandbox sandbox,
            String name,
            String document,
            Owner owner,
            Map<String, SecretText> fresh,
            Set<String> kept,
            String author) {}

    /** Names the owner of the secrets of a credential, by its id. */
    interface Owner {
        String of(UUID id);
    }

    StoredCredential create(Draft draft) {
        return database.jdbi().inTransaction(handle -> {
            UUID id = UUID.randomUUID();
            Optional<StoredCredential> row = handle.createQuery("""
                    insert into onward.credential
                        (id, sandbox, name, version, document, created_at, created_by, updated_at)
                    values (:id, :sandbox, :name, 1, :document, :at, :author, :at)
                    on conflict (sandbox, name) do nothing
                    returning id, sandbox, name, version, document, created_at, created_by, updated_at""")
                    .bind("id", id)
                    .bind("sandbox", draft.sandbox().name())
                    .bind("name", draft.name())
                    .bind("document", draft.document())
                    .bind("at", now())
                    .bind("author", draft.author())
                    .map(CredentialStore::row)
                    .findOne();
            StoredCredential stored = row.orElseThrow(() -> new CredentialException(
                    CredentialException.Reason.ALREADY_EXISTS,
                    "there is already a credential '" + draft.name() + "'; PUT replaces it"));
            secrets.replace(handle, draft.sandbox(), draft.owner().of(id), draft.fresh(), draft.kept());
            publish(handle, draft.sandbox(), draft.name());
            return stored;
        });
    }

    StoredCredential replace(Draft draft, Predicate<String> precondition) {
        return database.jdbi().inTransaction(handle -> {
            StoredCredential before = lock(handle, draft.sandbox(), draft.name(), precondition);
            StoredCredential stored = handle.createQuery("""
                    update onward.credential set version = version + 1, document = :document, updated_at = :at
                    where id = :id
                    returning id, sandbox, name, version, document, created_at, created_by, updated_at""")
                    .bind("id", before.id())
                    .bind("document", draft.document())
                    .bind("at", now())
                    .map(CredentialStore::row)
                    .one();
            String owner = draft.owner().of(before.id());
            secrets.replace(handle, draft.sandbox(), owner, draft.fresh(), draft.kept());
            secrets.forgetOthers(handle, draft.sandbox(), SecretOwner.credentialPrefix(before.id()), owner);
            publish(handle, draft.sandbox(), draft.name());
            return stored;
        });
    }

    void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        database.jdbi().useTransaction(handle -> {
            StoredCredential before = lock(handle, sandbox, name, precondition);
            List<String> users = handle.createQuery("""
                    select name from onward.action where sandbox = :sandbox and credential = :name
                    order by name limit 10""")
                    .bind("sandbox", sandbox.name())
                    .bind("name", name)
                    .mapTo(String.class)
                    .list();
            if (!users.isEmpty()) {
                throw new CredentialException(
                        CredentialException.Reason.IN_USE,
                        "actions use the credential '" + name + "': " + users + "; give them another first");
            }
            handle.execute("delete from onward.credential where id = ?", before.id());
            secrets.forgetOthers(handle, sandbox, SecretOwner.credentialPrefix(before.id()), "");
            publish(handle, sandbox, name);
        });
    }

    Optional<StoredCredential> find(Sandbox sandbox, String name) {
        return database.jdbi().withHandle(handle -> find(handle, sandbox, name));
    }

    Page<StoredCredential> list(Sandbox sandbox, String afterName, int limit) {
        List<StoredCredential> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery(ROWS + " and name > :after order by name limit :limit")
                        .bind("sandbox", sandbox.name())
                        .bind("after", afterName)
                        .bind("limit", limit + 1)
                        .map(CredentialStore::row)
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(row.name())));
    }

    private static Optional<StoredCredential> find(Handle handle, Sandbox sandbox, String name) {
        return handle.createQuery(ROWS + " and name = :name")
                .bind("sandbox", sandbox.name())
                .bind("name", name)
                .map(CredentialStore::row)
                .findOne();
    }

    /** Locks, then reads, so that the tag is that of what waits for the lock no more. */
    private static StoredCredential lock(Handle handle, Sandbox sandbox, String name, Predicate<String> precondition) {
        handle.createQuery("select id from onward.credential where sandbox = :sandbox and name = :name for update")
                .bind("sandbox", sandbox.name())
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne();
        StoredCredential latest = find(handle, sandbox, name).orElseThrow(() -> CredentialException.notFound(name));
        if (!precondition.test(latest.tag())) {
            throw new CredentialException(
                    CredentialException.Reason.PRECONDITION_FAILED,
                    "the credential has changed: its tag is now \"" + latest.tag() + "\"; read it again");
        }
        return latest;
    }

    /** Whatever was compiled with the credential is outdated. */
    private void publish(Handle handle, Sandbox sandbox, String name) {
        changes.publish(handle, Credentials.TOPIC, sandbox.name() + "/" + name);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static StoredCredential row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredCredential(
                row.getObject("id", UUID.class),
                new Sandbox(row.getString("sandbox")),
                row.getString("name"),
                row.getInt("version"),
                row.getString("document"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
