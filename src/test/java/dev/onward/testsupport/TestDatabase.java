package dev.onward.testsupport;

import dev.onward.database.Database;
import dev.onward.database.TestServer;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Database> opened = new ArrayList<>();
    private @Nullable TestServer server;
    private String name = "";

    /** The database as the application has it. */
    public Database database() {
        return opened.get(0);
    }

    public Jdbi jdbi() {
        return database().jdbi();
    }

    public DataSource dataSource() {
        return database().dataSource();
    }

    /** Opens the same database once more, as another process would. */
    public Database openAgain() {
        Database again = server().open(name);
        opened.add(again);
        return again;
    }

    /** The server that the database is on. */
    public TestServer server() {
        return Objects.requireNonNull(server, "a TestDatabase must be a static @RegisterExtension");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(TestServer.class, type -> TestServer.start(), TestServer.class);
        name = server.newDatabase();
        openAgain();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        opened.forEach(TestServer::close);
    }
}
