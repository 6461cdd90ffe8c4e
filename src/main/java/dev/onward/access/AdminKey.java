package dev.onward.access;

import dev.onward.database.DataDirectory;
import dev.onward.database.DatabaseConfig;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** The first API key: from the configuration, else generated once into a file that only its owner can read. */
@ApplicationScoped
class AdminKey {

    static final String ID = "admin";

    private static final Logger LOG = Logger.getLogger(AdminKey.class);
    private static final String FILE = "admin-key";
    private static final int GOOD_LENGTH = 16;

    private final AccessConfig config;
    private final DatabaseConfig databaseConfig;
    private final DataDirectory dataDirectory;
    private final SecureRandom random = new SecureRandom();

    AdminKey(AccessConfig config, DatabaseConfig databaseConfig, DataDirectory dataDirectory) {
        this.config = config;
        this.databaseConfig = databaseConfig;
        this.dataDirectory = dataDirectory;
    }

    /** What the first key is, for lists and for its holder's requests. */
    static ApiKey key() {
        return new ApiKey(ID, "first key", Role.ADMIN, List.of(ApiKey.EVERY_SANDBOX), Instant.EPOCH, ID);
    }

    /**
     * The digest of the first key, which is made when there is none yet.
     *
     * @throws IllegalStateException when the configuration gives none although the database is an external one
     */
    String digest() {
        return KeySecret.digest(config.adminKey().map(AdminKey::configured).orElseGet(this::generatedKey));
    }

    private static String configured(String key) {
        if (key.length() < GOOD_LENGTH) {
            LOG.warnf(
                    "onward.admin-key has %d characters and can be guessed; `openssl rand -base64 32` makes a good one",
                    key.length());
        }
        return key;
    }

    private String generatedKey() {
        if (databaseConfig.url().isPresent()) {
            throw new IllegalStateException(
                    "onward.admin-key (ONWARD_ADMIN_KEY) must be set when onward.database.url is set");
        }
        Path file = dataDirectory.path().resolve(FILE);
        try {
            if (Files.notExists(file)) {
                dataDirectory.write(FILE, KeySecret.generate(random) + "\n");
            }
            String key = Files.readString(file).strip();
            LOG.infof("the first API key (role admin) is in %s", file);
            if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                LOG.infof("the first API key: %s", key);
            }
            return key;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the first API key's file " + file + " cannot be read", unreadable);
        }
    }
}
