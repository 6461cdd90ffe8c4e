package dev.onward.secret;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The key-encryption keys. */
@ConfigMapping(prefix = "onward.secret")
public interface SecretConfig {

    /**
     * The keys, {@code id:base64,id:base64}, each of 32 random bytes: the first seals, every one opens. Mandatory with an
     * external database unless {@link #keysFile} is set; unset with the embedded one, a key is generated once into a file
     * of the data directory that only its owner can read.
     */
    Optional<String> keys();

    /** A file with the same text, a line for each key if you like. Not together with {@link #keys}. */
    Optional<String> keysFile();
}
