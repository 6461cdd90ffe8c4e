package dev.onward.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders that only their owner can read: 0600 and 0700, from the moment that they exist. On a file system
 * without POSIX rights the rights of the folder around them apply.
 */
final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes the folder and those above it that are missing; one that exists keeps its rights. */
    static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, rights(directory, "rwx------"));
    }

    /** Makes an empty folder beside {@code target}, to be filled and then renamed to it. */
    static Path createStaging(Path target) throws IOException {
        Path parent = parentOf(target);
        return Files.createTempDirectory(parent, target.getFileName() + ".new-", rights(parent, "rwx------"));
    }

    /** Opens the file for reading and writing; makes it if it is missing. */
    static FileChannel open(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        return FileChannel.open(file, options, rights(file, "rw-------"));
    }

    /** Makes the file, or empties it. */
    static void empty(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            channel.truncate(0);
        }
    }

    /** Writes the whole text, or leaves the file as it was; on disk when this returns. */
    static void write(Path file, String text) throws IOException {
        Path parent = parentOf(file);
        Path fresh = Files.createTempFile(parent, file.getFileName() + ".new-", "", rights(parent, "rw-------"));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
        rename(fresh, file);
    }

    /** Renames within one folder, at once or not at all. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parentOf(to));
    }

    /** Deletes the folder and all in it; one that is absent is fine. */
    static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void syncDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] rights(Path place, String permissions) {
        return isPosix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static Path parentOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
