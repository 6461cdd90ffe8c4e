package dev.onward.secret;

import dev.onward.database.DataDirectory;
import dev.onward.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Where the key ring of this process comes from: configuration, a file, or the data directory. */
final class KeySource {

    private static final String FILE = "secret-keys";
    private static final String KEYS = "onward.secret.keys";
    private static final String KEYS_FILE = "onward.secret.keys-file";

    private KeySource() {}

    /**
     * The key ring.
     *
     * @throws IllegalStateException when there is none or it cannot be read; the message names the key of the
     *     configuration and quotes no secret
     */
    static KeyRing ring(SecretConfig config, DatabaseConfig database, DataDirectory directory, SecureRandom random) {
        if (config.keys().isPresent() && config.keysFile().isPresent()) {
            throw new IllegalStateException("set " + KEYS + " or " + KEYS_FILE + ", not both");
        }
        if (config.keys().isPresent()) {
            return parse(config.keys().get(), KEYS);
        }
        Optional<Path> file = config.keysFile().map(Path::of);
        if (file.isPresent()) {
            return parse(read(file.get()), KEYS_FILE);
        }
        if (database.url().isPresent()) {
            throw new IllegalStateException(KEYS + " (ONWARD_SECRET_KEYS) must be set when onward.database.url is set,"
                    + " to the same keys for every process; `echo \"k1:$(openssl rand -base64 32)\"` makes one");
        }
        return parse(read(generated(directory, random)), FILE + " in the data directory");
    }

    private static Path generated(DataDirectory directory, SecureRandom random) {
        Path file = directory.path().resolve(FILE);
        if (Files.notExists(file)) {
            byte[] key = new byte[KeyRing.KEY_BYTES];
            random.nextBytes(key);
            directory.write(FILE, "k1:" + Base64.getEncoder().encodeToString(key) + "\n");
        }
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file)
                    .strip()
                    .replaceAll("\\s*[\\r\\n]+\\s*", ",")
                    .replaceAll(",{2,}", ",");
        } catch (IOException unreadable) {
            throw new IllegalStateException("the file of secret keys " + file + " cannot be read", unreadable);
        }
    }

    private static KeyRing parse(String text, String source) {
        try {
            return KeyRing.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(source + ": " + malformed.getMessage(), malformed);
        }
    }
}
