package dev.onward.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The archive with the PostgreSQL programs of one platform: {@code postgres-<system>-<processor>.txz} in the root of
 * the class path, an xz-compressed tar with {@code bin}, {@code lib} and {@code share}.
 */
final class ServerArchive {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private final ClassLoader loader;
    private final String resource;

    private ServerArchive(ClassLoader loader, String resource) {
        this.loader = loader;
        this.resource = resource;
    }

    /**
     * The archive for a machine.
     *
     * @param system as in the system property {@code os.name}
     * @param processor as in {@code os.arch}
     * @throws DatabaseException when this build carries none for it
     */
    static ServerArchive find(ClassLoader loader, String system, String processor) {
        String resource = "postgres-%s-%s.txz".formatted(systemName(system), processorName(processor));
        if (loader.getResource(resource) == null) {
            throw new DatabaseException(
                    "this build carries no PostgreSQL server for %s on %s (looked for %s); set onward.database.url to a server, or build on this machine"
                            .formatted(system, processor, resource));
        }
        return new ServerArchive(loader, resource);
    }

    /** A short name for exactly these bytes, so that another build's programs are never taken for these. */
    String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(open(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Unpacks all of it into an existing folder. */
    void unpack(Path directory) throws IOException {
        boolean posix = OwnerOnly.isPosix(directory);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(open()))) {
            for (Optional<TarArchiveEntry> next = next(tar); next.isPresent(); next = next(tar)) {
                unpackEntry(tar, next.get(), directory, posix);
            }
        }
    }

    private static Optional<TarArchiveEntry> next(TarArchiveInputStream tar) throws IOException {
        return Optional.ofNullable(tar.getNextEntry());
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory, boolean posix)
            throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("the archive's entry %s leaves its folder".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            OwnerOnly.createDirectories(target);
            return;
        }
        OwnerOnly.createDirectories(OwnerOnly.parentOf(target));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (posix) {
            boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
        }
    }

    private InputStream open() throws IOException {
        InputStream in = loader.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("%s is no longer on the class path".formatted(resource));
        }
        return in;
    }

    private static String systemName(String system) {
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "darwin";
        }
        return lower.startsWith("windows") ? "windows" : lower;
    }

    private static String processorName(String processor) {
        return switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> processor;
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
