package dev.onward.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The server's programs, unpacked once for all tests and linked into their data directories: unpacking takes seconds. */
final class UnpackedPrograms {

    private UnpackedPrograms() {}

    static ServerBinaries binaries() throws IOException {
        return ServerBinaries.unpackInto(
                Files.createDirectories(Path.of("target", "test-programs").toAbsolutePath()), archive());
    }

    static ServerArchive archive() {
        return ServerArchive.find(
                UnpackedPrograms.class.getClassLoader(), System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Prepares a data directory. */
    static Path linkInto(Path dataDirectory) throws IOException {
        Path from = binaries().root();
        Path to = OwnerOnly.createDirectories(dataDirectory)
                .resolve("postgres")
                .resolve(from.getFileName().toString());
        for (Path file : filesIn(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            OwnerOnly.createDirectories(OwnerOnly.parentOf(target));
            Files.createLink(target, file);
        }
        return dataDirectory;
    }

    private static List<Path> filesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }
}
