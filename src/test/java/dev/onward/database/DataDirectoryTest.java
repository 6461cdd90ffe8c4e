package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void refuses_a_directory_that_a_live_process_uses_and_names_the_way_out() throws Exception {
        Path path = temporary.resolve("data");
        try (ChildProcess child = ChildProcess.run(HoldsDirectory.class, path.toString())) {
            child.awaitLog("holds");

            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("used by another Onward (process %d)".formatted(child.pid()))
                    .hasMessageContaining("ONWARD_DATA_DIR");
        }
    }

    @Test
    void takes_a_directory_whose_user_was_killed() throws Exception {
        Path path = temporary.resolve("data");
        try (ChildProcess child = ChildProcess.run(HoldsDirectory.class, path.toString())) {
            child.awaitLog("holds");
            child.kill();
        }

        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(Files.readString(directory.path().resolve("lock")))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void refuses_a_second_use_in_the_same_process() {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(directory.path()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("used by another Onward");
        }
    }

    @Test
    void refuses_a_path_that_is_a_file() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("ONWARD_DATA_DIR");
    }

    @Test
    void refuses_names_that_leave_the_directory() {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> directory.subdirectory("../other")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> directory.write("a/b", "")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void only_the_owner_can_read_what_it_makes() throws IOException {
        try (DataDirectory directory = DataDirectory.open(temporary.resolve("one/two"))) {
            assertThat(rights(directory.path())).isEqualTo("rwx------");
            assertThat(rights(directory.subdirectory("spool"))).isEqualTo("rwx------");
            assertThat(rights(directory.write("admin-key", "k"))).isEqualTo("rw-------");
            assertThat(rights(directory.path().resolve("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void writes_a_file_anew() throws IOException {
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            directory.write("admin-key", "a longer first text");

            Path file = directory.write("admin-key", "second");

            assertThat(Files.readString(file)).isEqualTo("second");
            try (var files = Files.list(directory.path())) {
                assertThat(files).hasSize(2);
            }
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
