package dev.onward.database;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    private Path temporary;

    private DataDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = DataDirectory.open(PreparedDirectory.withData(temporary.resolve("data")));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void data_of_another_major_version_is_refused_with_the_way_out() throws IOException {
        Files.writeString(data().resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("written by PostgreSQL 17, this Onward brings 18.")
                .hasMessageContaining("dump it")
                .hasMessageContaining("ONWARD_DATA_DIR");
    }

    @Test
    void an_unsafe_setting_is_refused_and_the_server_stopped() throws IOException {
        Files.writeString(data().resolve("postgresql.auto.conf"), "fsync = off\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("fsync = off, Onward needs on");
        assertThat(data().resolve(PostmasterFile.NAME)).doesNotExist();
    }

    @Test
    void a_setting_that_stops_the_server_is_told_from_its_log() throws IOException {
        Files.writeString(data().resolve("postgresql.conf"), "no_such_setting = 1\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void nobody_gets_in_without_the_password() {
        try (EmbeddedPostgres server = start()) {
            ServerLocation location = server.location();

            assertThatThrownBy(() -> Connections.open(
                            new ServerLocation(location.url(), location.username(), Optional.of("guessed"))))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("28P01");
        }
    }

    @Test
    void a_path_that_a_shell_would_change_is_refused() {
        try (DataDirectory odd = DataDirectory.open(temporary.resolve("$HOME"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(odd, new SecureRandom()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("ONWARD_DATA_DIR");
        }
    }

    @Test
    void a_first_start_ignores_half_made_data_and_only_the_owner_can_read_what_it_makes() throws IOException {
        try (DataDirectory fresh = DataDirectory.open(PreparedDirectory.unpacked(temporary.resolve("fresh")))) {
            Path half = Files.createDirectories(fresh.subdirectory("postgres").resolve("main.new-1/data"));
            Files.writeString(half.resolve("PG_VERSION"), "18\n");

            try (EmbeddedPostgres server = EmbeddedPostgres.start(fresh, new SecureRandom())) {
                assertThat(half).doesNotExist();
                assertThat(server.location().password()).get().asString().hasSize(32);
                try (Stream<Path> files = Files.walk(fresh.path())) {
                    assertThat(files.filter(file -> !Files.isSymbolicLink(file))
                                    .filter(EmbeddedPostgresTest::othersMayRead))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void a_restart_keeps_the_rows_and_runs_no_second_server() throws Exception {
        try (EmbeddedPostgres server = start()) {
            execute(server, "CREATE SCHEMA onward; CREATE TABLE onward.kept AS SELECT 'committed' AS word");
        }
        assertThat(data().resolve(PostmasterFile.NAME)).doesNotExist();

        try (EmbeddedPostgres server = start()) {
            assertThat(words(server)).containsExactly("committed");
        }
    }

    @Test
    void the_server_that_a_killed_process_left_is_stopped_and_its_rows_are_there() throws Exception {
        directory.close();
        long orphan;
        try (ChildProcess child =
                ChildProcess.run(RunsServer.class, directory.path().toString())) {
            child.awaitLog("serves at");
            orphan = postmaster();
            child.kill();
        }
        assertThat(runs(orphan)).isTrue();

        directory = DataDirectory.open(directory.path());
        try (EmbeddedPostgres server = start()) {
            assertThat(runs(orphan)).isFalse();
            assertThat(words(server)).containsExactly("committed");
        }
    }

    @Test
    void an_orphan_whose_file_is_lost_is_found_all_the_same() throws Exception {
        directory.close();
        long orphan;
        try (ChildProcess child =
                ChildProcess.run(RunsServer.class, directory.path().toString())) {
            child.awaitLog("serves at");
            orphan = postmaster();
            child.kill();
        }
        Files.delete(data().resolve(PostmasterFile.NAME));

        directory = DataDirectory.open(directory.path());
        try (EmbeddedPostgres server = start()) {
            assertThat(runs(orphan)).isFalse();
            assertThat(words(server)).containsExactly("committed");
        }
    }

    @Test
    void a_stale_file_that_names_a_foreign_process_is_removed() throws Exception {
        Files.writeString(
                data().resolve(PostmasterFile.NAME),
                "%d\n%s\n1\n5432\n".formatted(ProcessHandle.current().pid(), data()));

        try (EmbeddedPostgres server = start()) {
            assertThat(postmaster()).isNotEqualTo(ProcessHandle.current().pid());
            execute(server, "SELECT 1");
        }
    }

    @Test
    void a_server_that_is_killed_comes_back_on_its_port() throws Exception {
        try (EmbeddedPostgres server = start()) {
            execute(server, "CREATE SCHEMA onward; CREATE TABLE onward.kept AS SELECT 'committed' AS word");
            long killed = postmaster();
            String url = server.location().url();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(postmaster()).isNotEqualTo(killed);
                assertThat(words(server)).containsExactly("committed");
            });
            assertThat(server.location().url()).isEqualTo(url);
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(directory, new SecureRandom());
    }

    private Path data() {
        return directory.path().resolve("postgres/main/data");
    }

    private long postmaster() throws IOException {
        return PostmasterFile.read(data()).orElseThrow().pid();
    }

    /** An ended process may be listed on for a while, but without a program. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = Connections.open(server.location())) {
            connection.createStatement().execute(sql);
        }
    }

    private static List<String> words(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = Connections.open(server.location())) {
            return Jdbi.create(connection)
                    .withHandle(handle -> handle.createQuery("SELECT word FROM onward.kept")
                            .mapTo(String.class)
                            .list());
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                    .matches("...(?!------).*");
        } catch (IOException e) {
            return !Files.notExists(file);
        }
    }
}
