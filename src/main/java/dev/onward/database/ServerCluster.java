package dev.onward.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one embedded server stores: {@code data}, which PostgreSQL writes, and {@code password}, which opens it. Both
 * come into being together.
 *
 * @param root the folder of the two
 */
record ServerCluster(Path root) {

    static final String USER = "onward";

    private static final int PASSWORD_BYTES = 24;

    /** Read after PostgreSQL's own defaults; written at every start. */
    private static final String SETTINGS = "onward.conf";

    /**
     * Takes the cluster, or makes it first.
     *
     * @throws DatabaseException when another major version of PostgreSQL wrote it
     */
    static ServerCluster openOrCreate(Path root, ServerBinaries binaries, ServerPrograms programs, SecureRandom random)
            throws IOException {
        deleteHalfMade(root);
        ServerCluster cluster = new ServerCluster(root);
        if (Files.notExists(root)) {
            create(root, programs, random);
        }
        cluster.refuseOtherMajor(binaries);
        return cluster;
    }

    Path data() {
        return root.resolve("data");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    void writeSettings(ServerSettings settings) throws IOException {
        OwnerOnly.write(data().resolve(SETTINGS), settings.text());
    }

    private Path passwordFile() {
        return root.resolve("password");
    }

    private static void create(Path root, ServerPrograms programs, SecureRandom random) throws IOException {
        ServerCluster staging = new ServerCluster(OwnerOnly.createStaging(root));
        OwnerOnly.write(staging.passwordFile(), newPassword(random) + "\n");
        programs.run(
                "initdb",
                "--pgdata=" + staging.data(),
                "--username=" + USER,
                "--pwfile=" + staging.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions");
        Files.writeString(
                staging.data().resolve("postgresql.conf"),
                "\ninclude '%s'\n".formatted(SETTINGS),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        OwnerOnly.rename(staging.root, root);
    }

    private static String newPassword(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void deleteHalfMade(Path root) throws IOException {
        List<Path> halfMade;
        try (Stream<Path> siblings = Files.list(OwnerOnly.parentOf(root))) {
            halfMade = siblings.filter(
                            sibling -> sibling.getFileName().toString().startsWith(root.getFileName() + ".new-"))
                    .toList();
        }
        for (Path folder : halfMade) {
            OwnerOnly.deleteTree(folder);
        }
    }

    private void refuseOtherMajor(ServerBinaries binaries) throws IOException {
        String writtenBy = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!writtenBy.equals(binaries.major())) {
            throw new DatabaseException(
                    "the database in %s was written by PostgreSQL %s, this Onward brings %s; dump it with the Onward that wrote it and restore it here, or start with another ONWARD_DATA_DIR"
                            .formatted(root, writtenBy, binaries.version()));
        }
    }
}
