package dev.onward.access;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first key. */
@ConfigMapping(prefix = "onward")
public interface AccessConfig {

    /**
     * The first API key, role admin; a key of fewer than 16 characters is warned of. Unset or empty: one is generated once into a file of the
     * data directory; with an external database it must be set.
     */
    Optional<String> adminKey();
}
