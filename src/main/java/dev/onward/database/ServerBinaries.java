package dev.onward.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL programs, unpacked once into a folder of the data directory.
 *
 * @param root holds {@code bin}, {@code lib} and {@code share}
 * @param version of the server, such as {@code 18.6}
 */
record ServerBinaries(Path root, String version) {

    private static final String PREFIX = "server-";

    /** Written last: the version and the size of the tree, so that a half-written folder shows. */
    private static final String MARKER = "complete";

    /**
     * Takes the folder that holds this archive's programs, or unpacks them.
     *
     * @param parent an existing folder that nobody else uses
     */
    static ServerBinaries unpackInto(Path parent, ServerArchive archive) {
        try {
            Path root = parent.resolve(PREFIX + archive.fingerprint());
            if (!isComplete(root)) {
                OwnerOnly.deleteTree(root);
                unpack(archive, root);
            }
            return new ServerBinaries(root, marker(root).get(0));
        } catch (IOException e) {
            throw new DatabaseException("the PostgreSQL server cannot be unpacked into %s: %s".formatted(parent, e), e);
        }
    }

    /** The part of the version that decides which data this server can read, such as {@code 18}. */
    String major() {
        return version.split("\\.", 2)[0];
    }

    Path program(String name) {
        Path plain = root.resolve("bin").resolve(name);
        return Files.exists(plain) ? plain : plain.resolveSibling(name + ".exe");
    }

    /** Deletes the programs of other versions, and half-unpacked ones; none of them may be running. */
    void deleteOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> siblings = Files.list(OwnerOnly.parentOf(root))) {
            others = siblings.filter(sibling -> sibling.getFileName().toString().startsWith(PREFIX))
                    .filter(sibling -> !sibling.equals(root))
                    .toList();
        }
        for (Path other : others) {
            OwnerOnly.deleteTree(other);
        }
    }

    private static void unpack(ServerArchive archive, Path root) throws IOException {
        Path staging = OwnerOnly.createStaging(root);
        archive.unpack(staging);
        String version = versionOf(new ServerBinaries(staging, ""), root.resolveSibling(ServerPrograms.OUTPUT));
        OwnerOnly.write(staging.resolve(MARKER), version + "\n" + sizeOf(staging) + "\n");
        OwnerOnly.rename(staging, root);
    }

    private static String versionOf(ServerBinaries binaries, Path output) {
        String answer = new ServerPrograms(binaries, output).run("postgres", "--version");
        return answer.replaceAll("(?s)^\\D*([0-9.]+).*$", "$1");
    }

    private static boolean isComplete(Path root) throws IOException {
        return Files.exists(root.resolve(MARKER)) && marker(root).get(1).equals(sizeOf(root));
    }

    private static List<String> marker(Path root) throws IOException {
        return Files.readAllLines(root.resolve(MARKER));
    }

    private static String sizeOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return Long.toString(files.filter(file -> !file.endsWith(MARKER))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(ServerBinaries::size)
                    .sum());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
