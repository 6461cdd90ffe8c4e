package dev.onward.calllog.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of the spool's segments. It belongs to one process at a time. Not thread-safe. */
public final class SpoolDirectory implements Closeable {

    /** {@code calls-<format version>-<number>.segment}: another version's files are left to the version that wrote them. */
    private static final Pattern NAME = Pattern.compile("calls-2-(\\d{1,18})\\.segment");

    private static final int PROBE_BYTES = 64 * 1024;

    /** Opens a new file to be written. A parameter so that tests have a disk that fails. */
    interface Opener {
        SeekableByteChannel open(Path file) throws IOException;
    }

    private final Path path;
    private final FileChannel lockFile;
    private final Opener opener;
    private final List<Segment> leftOver;
    private long lastNumber;

    private SpoolDirectory(Path path, FileChannel lockFile, Opener opener) throws IOException {
        this.path = path;
        this.lockFile = lockFile;
        this.opener = opener;
        this.leftOver = findLeftOver();
    }

    /**
     * Takes the folder, which is made when it is not there.
     *
     * @throws SpoolException when another process has it
     */
    public static SpoolDirectory open(Path path) {
        return open(path, SpoolDirectory::createFile);
    }

    static SpoolDirectory open(Path path, Opener opener) {
        try {
            Files.createDirectories(path);
            FileChannel lockFile =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new SpoolException("the call log's spool " + path
                        + " is used by another process; stop it, or give this one its own onward.data-dir");
            }
            return new SpoolDirectory(path, lockFile, opener);
        } catch (IOException unusable) {
            throw new SpoolException("the call log's spool " + path + " cannot be used", unusable);
        }
    }

    private static SeekableByteChannel createFile(Path file) throws IOException {
        return Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** What a process that ended before left here, oldest first. */
    List<Segment> leftOver() {
        return leftOver;
    }

    /** A name for the next segment; the file is not made. */
    Path nextSegment() {
        lastNumber++;
        return path.resolve(String.format("calls-2-%016d.segment", lastNumber));
    }

    SeekableByteChannel create(Path segment) throws IOException {
        return opener.open(segment);
    }

    /** Writes some bytes and removes them: returns normally when the disk takes them. */
    void probe() throws IOException {
        Path file = path.resolve("probe");
        Files.deleteIfExists(file);
        try (SeekableByteChannel channel = opener.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The folder inside this one for rows that nobody takes. */
    public Path rejected() {
        return path.resolve("rejected");
    }

    /** Gives the folder back; its files stay. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException lockLost) {
            throw new UncheckedIOException(lockLost);
        }
    }

    private List<Segment> findLeftOver() throws IOException {
        List<Segment> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    lastNumber = Math.max(lastNumber, Long.parseLong(name.group(1)));
                    Instant lastWrite = Files.getLastModifiedTime(file).toInstant();
                    found.add(new Segment(file, Files.size(file), lastWrite));
                }
            }
        }
        return List.copyOf(found);
    }
}
