package dev.onward.calllog.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rows that the sink refuses for their content, one file each for a human to read: a line with the reason, then the
 * row. Thread-safe.
 */
public final class RejectedRows {

    private static final String EXTENSION = ".row";

    /** A file is named after its row's digest, cut to this. */
    private static final int NAME_BYTES = 16;

    private final Path path;

    /** @param path made when it is not there */
    public RejectedRows(Path path) {
        try {
            this.path = Files.createDirectories(path);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /**
     * Keeps a row. Keeping it again changes nothing.
     *
     * @return the name of its file
     */
    String park(byte[] row, String reason) {
        byte[] head = ("# " + reason.replaceAll("\\R", " ") + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] file = Arrays.copyOf(head, head.length + row.length);
        System.arraycopy(row, 0, file, head.length, row.length);
        try {
            String name = HexFormat.of().formatHex(sha256(row), 0, NAME_BYTES) + EXTENSION;
            Files.write(path.resolve(name), file);
            return name;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Deletes the rows that match. */
    public void deleteIf(Predicate<byte[]> matches) {
        deleteFiles(file -> matches.test(row(file)));
    }

    /** Deletes the rows that were parked before. */
    public void deleteOlderThan(Instant limit) {
        deleteFiles(file -> Files.getLastModifiedTime(file).toInstant().isBefore(limit));
    }

    private static byte[] sha256(byte[] row) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(row);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static byte[] row(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        while (start < bytes.length && bytes[start] != '\n') {
            start++;
        }
        return Arrays.copyOfRange(bytes, Math.min(start + 1, bytes.length), bytes.length);
    }

    private void deleteFiles(FileTest test) {
        try {
            for (Path file : files()) {
                if (test.test(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(EXTENSION)).toList();
        }
    }

    private interface FileTest {
        boolean test(Path file) throws IOException;
    }
}
