package dev.onward.database;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** Which PostgreSQL to use. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.database")
public interface DatabaseConfig {

    /**
     * A JDBC URL, {@code jdbc:postgresql://host:port/database}, of a server from PostgreSQL 15 on. Unset starts an
     * embedded server in the data directory.
     */
    Optional<String> url();

    /** Who signs in at {@link #url}: must be allowed to create the schema {@code onward}. Unused without a URL. */
    Optional<String> username();

    /** The password of {@link #username}. Unused without a URL. */
    Optional<String> password();

    /**
     * How many pooled connections this process opens at most: 1 to 1000, with the embedded server to 50; default 20. One
     * more connection waits for changes. When all are busy, work waits 5 s for one and then fails as unavailable.
     */
    OptionalInt poolSize();
}
