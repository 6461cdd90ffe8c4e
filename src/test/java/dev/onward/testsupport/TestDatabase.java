package dev.onward.testsupport;

import dev.onward.database.Database;
import dev.onward.database.TestServer;
import java.util.Objects;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated PostgreSQL database for one test class, empty when the class begins. One server serves all classes of the
 * test JVM. Use: {@code @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();}
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private @Nullable Database database;

    /** The database as the application has it. */
    public Database database() {
        return Objects.requireNonNull(database, "a TestDatabase must be a static @RegisterExtension");
    }

    public Jdbi jdbi() {
        return database().jdbi();
    }

    public DataSource dataSource() {
        return database().dataSource();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        TestServer server = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(TestServer.class, type -> TestServer.start(), TestServer.class);
        database = server.newDatabase();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestServer.close(database());
    }
}
