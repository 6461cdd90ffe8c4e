package dev.onward.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server tells in the {@code postmaster.pid} of its data; it deletes the file as its last act. Source:
 * PostgreSQL documentation, "Database File Layout".
 *
 * @param pid of the server's first process
 * @param port 0 while it is starting
 */
record PostmasterFile(long pid, int port) {

    private static final int PORT_LINE = 3;

    static final String NAME = "postmaster.pid";

    /** Empty when no server runs on the data, or none that has written its number yet. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve(NAME));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            int port = lines.size() > PORT_LINE
                    ? Integer.parseInt(lines.get(PORT_LINE).strip())
                    : 0;
            return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()), port));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
