package dev.onward.database;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.onward.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class DatabaseTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    private Path temporary;

    @Test
    void a_pool_that_the_embedded_server_cannot_serve_is_refused() {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> new Database(new PoolOf(51), directory))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("onward.database.pool-size must be 1 to 50, not 51");
        }
    }

    @Test
    void a_statement_that_takes_too_long_counts_as_unavailable() {
        Throwable failure = catchThrowable(() -> DATABASE.jdbi().useHandle(handle -> {
            handle.execute("SET statement_timeout = '10ms'");
            try {
                handle.execute("SELECT pg_sleep(5)");
            } finally {
                handle.execute("SET statement_timeout = '30s'");
            }
        }));

        assertThat(DatabaseFailure.isUnavailable(failure)).isTrue();
    }

    @Test
    void a_pool_without_a_free_connection_counts_as_unavailable() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                all.add(DATABASE.dataSource().getConnection());
            }

            CompletableFuture<Boolean> reachable = CompletableFuture.supplyAsync(DATABASE.database()::isReachable);
            Throwable failure = catchThrowable(() -> DATABASE.jdbi().useHandle(handle -> handle.execute("SELECT 1")));

            assertThat(DatabaseFailure.isUnavailable(failure)).isTrue();
            assertThat(reachable.join()).isFalse();
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    @Test
    void a_statement_that_the_database_refuses_does_not_count_as_unavailable() {
        Throwable failure = catchThrowable(() ->
                DATABASE.jdbi().useHandle(handle -> handle.execute("INSERT INTO onward.change (key) VALUES ('')")));

        assertThat(failure).isNotNull();
        assertThat(DatabaseFailure.isUnavailable(failure)).isFalse();
    }

    @Test
    void a_pool_whose_server_was_killed_works_again_without_help() throws IOException {
        try (DataDirectory directory = DataDirectory.open(PreparedDirectory.withData(temporary.resolve("data")))) {
            Database database = new Database(TestServer.Config.EMBEDDED, directory);
            try {
                Path data = directory.path().resolve("postgres/main/data");
                long killed = PostmasterFile.read(data).orElseThrow().pid();

                ProcessHandle.of(killed).orElseThrow().destroyForcibly();

                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    Optional<PostmasterFile> now = PostmasterFile.read(data);
                    return now.filter(file -> file.pid() != killed).isPresent() && database.isReachable();
                });
                assertThat(one(database.jdbi(), "SELECT 1")).isEqualTo("1");
            } finally {
                database.close();
            }
            assertThat(database.isReachable()).isFalse();
        }
    }

    @Test
    void tells_where_the_server_listens() {
        assertThat(DATABASE.database().addresses()).singleElement().satisfies(address -> {
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(Integer.toString(address.getPort())).isEqualTo(one(DATABASE.jdbi(), "SHOW port"));
        });
    }

    @Test
    void limits_how_long_a_session_may_hold_things() {
        try (Handle handle = DATABASE.jdbi().open()) {
            assertThat(show(handle, "statement_timeout")).isEqualTo("30s");
            assertThat(show(handle, "lock_timeout")).isEqualTo("10s");
            assertThat(show(handle, "idle_in_transaction_session_timeout")).isEqualTo("1min");
            assertThat(show(handle, "application_name")).isEqualTo("onward");
            assertThat(show(handle, "search_path")).isEqualTo("onward");
        }
    }

    @Test
    void pooled_connections_give_the_driver_for_copy() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            assertThat(connection.unwrap(PGConnection.class).getCopyAPI()).isNotNull();
        }
    }

    private static String one(Jdbi jdbi, String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    private static String show(Handle handle, String setting) {
        return handle.createQuery("SHOW " + setting).mapTo(String.class).one();
    }

    private record PoolOf(int size) implements DatabaseConfig {

        @Override
        public Optional<String> url() {
            return Optional.empty();
        }

        @Override
        public Optional<String> username() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public OptionalInt poolSize() {
            return OptionalInt.of(size);
        }
    }
}
