package dev.onward.database;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the data directory from the configuration, and gives it free after everything else has ended. */
final class DatabaseBeans {

    @Produces
    @Singleton
    DataDirectory dataDirectory(@ConfigProperty(name = "onward.data-dir") Optional<Path> path) {
        return DataDirectory.open(path.orElse(Path.of("data")));
    }

    void close(@Disposes DataDirectory directory) {
        directory.close();
    }
}
