package dev.onward.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/**
 * Data directories with the server's programs, and data, made once for all tests: unpacking takes seconds, and making
 * data syncs a thousand files.
 */
final class PreparedDirectory {

    private PreparedDirectory() {}

    static ServerBinaries binaries() throws IOException {
        return ServerBinaries.unpackInto(home(), archive());
    }

    static ServerArchive archive() {
        return ServerArchive.find(
                PreparedDirectory.class.getClassLoader(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    /** A data directory as after unpacking, without data. */
    static Path unpacked(Path dataDirectory) throws IOException {
        Path to = OwnerOnly.createDirectories(dataDirectory).resolve("postgres");
        copy(binaries().root(), to, Files::createLink);
        return dataDirectory;
    }

    /** A data directory as a first start and a clean stop leave it. */
    static Path withData(Path dataDirectory) throws IOException {
        ServerBinaries binaries = binaries();
        ServerPrograms programs = new ServerPrograms(binaries, home().resolve(ServerPrograms.OUTPUT));
        ServerCluster cluster =
                ServerCluster.openOrCreate(home().resolve("main"), binaries, programs, new SecureRandom());
        unpacked(dataDirectory);
        copy(
                cluster.root(),
                dataDirectory.resolve("postgres"),
                (to, from) -> Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES));
        return dataDirectory;
    }

    private static Path home() throws IOException {
        return OwnerOnly.createDirectories(Path.of("target", "test-programs").toAbsolutePath());
    }

    private static void copy(Path root, Path into, FileCopy files) throws IOException {
        Path target = into.resolve(root.getFileName().toString());
        for (Path from : treeOf(root)) {
            Path to = target.resolve(root.relativize(from).toString());
            if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                OwnerOnly.createDirectories(to);
            } else {
                files.make(to, from);
            }
        }
    }

    private static List<Path> treeOf(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.toList();
        }
    }

    /** Makes one file like another. */
    private interface FileCopy {

        Object make(Path to, Path from) throws IOException;
    }
}
