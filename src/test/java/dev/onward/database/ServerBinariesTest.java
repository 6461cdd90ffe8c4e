package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesTest {

    @TempDir
    private Path temporary;

    @Test
    void a_platform_that_the_build_does_not_carry_is_refused_with_the_way_out() {
        assertThatThrownBy(() -> ServerArchive.find(getClass().getClassLoader(), "Solaris", "sparcv9"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("postgres-solaris-sparcv9.txz")
                .hasMessageContaining("onward.database.url");
    }

    @Test
    void a_folder_that_lost_a_part_is_unpacked_again() throws IOException {
        Path home = PreparedDirectory.unpacked(temporary.resolve("data")).resolve("postgres");
        ServerBinaries linked = ServerBinaries.unpackInto(home, PreparedDirectory.archive());
        Path lost = linked.root().resolve("share/postgresql/postgres.bki");
        Files.delete(lost);

        ServerBinaries again = ServerBinaries.unpackInto(home, PreparedDirectory.archive());

        assertThat(again).isEqualTo(linked);
        assertThat(lost).isNotEmptyFile();
    }

    @Test
    void other_versions_and_half_unpacked_ones_are_deleted() throws IOException {
        Path home = PreparedDirectory.unpacked(temporary.resolve("data")).resolve("postgres");
        Path half = Files.createDirectories(home.resolve("server-0123.new-1/bin"));
        Files.createFile(half.resolve("postgres"));
        ServerBinaries binaries = ServerBinaries.unpackInto(home, PreparedDirectory.archive());

        binaries.deleteOthers();

        try (var left = Files.list(home)) {
            assertThat(left).containsExactly(binaries.root());
        }
    }

    @Test
    void tells_its_version() throws IOException {
        ServerBinaries binaries = PreparedDirectory.binaries();

        assertThat(binaries.version()).matches("[0-9]+\\.[0-9]+");
        assertThat(binaries.version()).startsWith(binaries.major() + ".");
    }
}
