package dev.onward.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.access.ApiKeys.NewKey;
import dev.onward.database.ChangeFeed;
import dev.onward.database.DataDirectory;
import dev.onward.database.TestServer;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path temporary;

    @Test
    void a_removed_key_is_forgotten_before_the_feed_tells_of_it() {
        ManagedExecutor executor = ManagedExecutor.builder().build();
        try (ChangeFeed silent = new ChangeFeed(DATABASE.database());
                DataDirectory directory = DataDirectory.open(temporary)) {
            ApiKeys keys = new ApiKeys(
                    new JdbiApiKeyStore(DATABASE.database(), silent),
                    new AdminKey(Optional::empty, TestServer.Config.EMBEDDED, directory),
                    silent,
                    Clock.systemUTC(),
                    executor);
            NewKey made = keys.create(AdminKey.key(), "a", Role.VIEWER, List.of(ApiKey.EVERY_SANDBOX));
            assertThat(keys.recognise(made.text()).toCompletableFuture().join()).isPresent();

            keys.remove(AdminKey.key(), made.key().id());

            assertThat(keys.recognise(made.text()).toCompletableFuture().join()).isEmpty();
        } finally {
            executor.shutdownNow();
        }
    }
}
