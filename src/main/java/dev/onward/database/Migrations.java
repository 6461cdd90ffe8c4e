package dev.onward.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema {@code onward} to this build's version; processes that start together take turns. */
final class Migrations {

    private Migrations() {}

    /**
     * Runs what is missing of {@code db/migration}.
     *
     * @throws DatabaseException when a migration fails, or when a newer Onward changed the schema in another way
     */
    static void run(ServerLocation location) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(
                            location.url(),
                            location.username().orElse(null),
                            location.password().orElse(null))
                    .jdbcProperties(Connections.PROPERTIES)
                    .schemas(Connections.SCHEMA)
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseException("the database's schema cannot be migrated: " + e.getMessage(), e);
        }
    }
}
