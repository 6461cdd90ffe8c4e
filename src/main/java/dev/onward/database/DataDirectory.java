package dev.onward.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The folder that holds what this process must not lose: the embedded database, the log's spool, the first key. One
 * live Onward at a time may use it; the operating system gives it free when that process ends, however it ends.
 * Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DataDirectory.class);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

    /** Locked far behind the text, which must stay readable where locks are mandatory (Windows). */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is missing (0700) and takes it for this process.
     *
     * @throws DatabaseException when another live process has it, or when it cannot be made or written
     */
    public static DataDirectory open(Path path) {
        try {
            Path real = OwnerOnly.createDirectories(path.toAbsolutePath().normalize())
                    .toRealPath();
            warnIfOthersCanWrite(real);
            return new DataDirectory(real, lock(real));
        } catch (IOException e) {
            throw new DatabaseException(
                    "the data directory %s cannot be used: %s; make it writable for this user or name another with ONWARD_DATA_DIR"
                            .formatted(path, e),
                    e);
        }
    }

    /** The folder itself: absolute, without symbolic links. */
    public Path path() {
        return path;
    }

    /**
     * A folder in it, made if it is missing, that only this user can read.
     *
     * @param name lower-case letters, digits, dots and dashes
     */
    public Path subdirectory(String name) {
        try {
            return OwnerOnly.createDirectories(path.resolve(checked(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a file in it that only this user can read, whole or not at all; on disk when this returns.
     *
     * @param name lower-case letters, digits, dots and dashes
     * @return the file's path
     */
    public Path write(String name, String text) {
        Path file = path.resolve(checked(name));
        try {
            OwnerOnly.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Gives the directory free for another process. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name in the data directory must match %s, not \"%s\"".formatted(NAME.pattern(), name));
        }
        return name;
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel = OwnerOnly.open(file);
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw inUse(directory, file);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(directory, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static DatabaseException inUse(Path directory, Path lockFile) throws IOException {
        return new DatabaseException(
                "the data directory %s is used by another Onward (process %s); stop that one, or give this one its own with ONWARD_DATA_DIR"
                        .formatted(directory, Files.readString(lockFile).strip()));
    }

    private static void warnIfOthersCanWrite(Path directory) throws IOException {
        if (!OwnerOnly.isPosix(directory)) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(directory);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            LOG.warnf("others can write to the data directory %s; take that right away with chmod 700", directory);
        }
    }
}
