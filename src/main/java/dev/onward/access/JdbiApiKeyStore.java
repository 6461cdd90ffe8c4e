package dev.onward.access;

import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** API keys in PostgreSQL, table {@code onward.api_key}. */
@ApplicationScoped
class JdbiApiKeyStore implements ApiKeyStore {

    /** The topic of {@link ChangeFeed} that tells of a removed key; the change's key is the digest. */
    static final String TOPIC = "api-key";

    private static final String COLUMNS =
            "select id, name, role, sandboxes, created_at, created_by from onward.api_key";

    private static final String PAGE =
            " where id > :after and (:everything or sandboxes <@ cast(:own as text[])) order by id limit :limit";

    private final Database database;
    private final ChangeFeed changes;

    JdbiApiKeyStore(Database database, ChangeFeed changes) {
        this.database = database;
        this.changes = changes;
    }

    @Override
    public void add(ApiKey key, String digest) {
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("""
                    insert into onward.api_key (id, digest, name, role, sandboxes, created_at, created_by)
                    values (:id, :digest, :name, :role, :sandboxes, :createdAt, :createdBy)""")
                    .bind("id", key.id())
                    .bind("digest", digest)
                    .bind("name", key.name())
                    .bind("role", key.role().wireName())
                    .bind("sandboxes", key.sandboxes().toArray(String[]::new))
                    .bind("createdAt", OffsetDateTime.ofInstant(key.createdAt(), ZoneOffset.UTC))
                    .bind("createdBy", key.createdBy())
                    .execute();
            changes.publish(handle, TOPIC, digest);
        });
    }

    @Override
    public Optional<ApiKey> findByDigest(String digest) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COLUMNS + " where digest = :digest")
                        .bind("digest", digest)
                        .map(JdbiApiKeyStore::key)
                        .findOne());
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COLUMNS + " where id = :id")
                        .bind("id", id)
                        .map(JdbiApiKeyStore::key)
                        .findOne());
    }

    @Override
    public Page<ApiKey> list(ApiKey reader, Optional<String> afterId, int limit) {
        List<ApiKey> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery(COLUMNS + PAGE)
                        .bind("after", afterId.orElse(""))
                        .bind("everything", reader.sandboxes().contains(ApiKey.EVERY_SANDBOX))
                        .bind("own", reader.sandboxes().toArray(String[]::new))
                        .bind("limit", limit + 1)
                        .map(JdbiApiKeyStore::key)
                        .list());
        return Page.of(rows, limit, key -> new Cursor(List.of(key.id())));
    }

    @Override
    public boolean remove(String id) {
        return database.jdbi().inTransaction(handle -> {
            Optional<String> digest = handle.createQuery("delete from onward.api_key where id = :id returning digest")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne();
            digest.ifPresent(gone -> changes.publish(handle, TOPIC, gone));
            return digest.isPresent();
        });
    }

    private static ApiKey key(ResultSet row, StatementContext context) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Role.of(row.getString("role")).orElseThrow(),
                List.of((String[]) row.getArray("sandboxes").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }
}
