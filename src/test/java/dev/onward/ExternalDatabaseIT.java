package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.TestServer;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The production configuration example, filled in: two processes over one PostgreSQL. */
class ExternalDatabaseIT {

    private static final String SECRET_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER_KEY = "k2:AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final Duration CHANGES_SHOW_WITHIN = Duration.ofSeconds(5);

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final TestServer SERVER = TestServer.start();
    private static final StubProvider PROVIDER = StubProvider.start();

    private static Map<String, String> shared;
    private static PackagedOnward one;
    private static PackagedOnward other;

    @BeforeAll
    static void start_both() throws IOException {
        shared = filledExample();
        one = PackagedOnward.start(folder("one"), shared);
        other = PackagedOnward.start(folder("other"), shared);
        one.awaitReady();
        other.awaitReady();
        ping(one).create(PROVIDER);
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        PROVIDER.close();
        SERVER.close();
    }

    @Test
    void the_example_starts_no_database_of_its_own() {
        assertThat(one.output()).contains("the database is external");
        assertThat(one.databaseProcesses()).isEmpty();
        assertThat(one.dataDirectory().resolve("postgres")).doesNotExist();
    }

    @Test
    void the_example_without_an_admin_key_does_not_start() throws IOException {
        Map<String, String> environment = filledExample();
        environment.put("ONWARD_ADMIN_KEY", "");
        assertRefused(
                "refused",
                environment,
                "onward.admin-key (ONWARD_ADMIN_KEY) must be set when onward.database.url is set");
    }

    @Test
    void a_process_without_the_secret_keys_of_the_others_does_not_start() throws IOException {
        Map<String, String> environment = filledExample();
        environment.put("ONWARD_SECRET_KEYS", "");
        assertRefused("keyless", environment, "onward.secret.keys (ONWARD_SECRET_KEYS) must be set");
        Map<String, String> others = new HashMap<>(shared);
        others.put("ONWARD_SECRET_KEYS", OTHER_KEY);
        assertRefused("other-keys", others, "the secret key 'k1' is missing among [k2]");
    }

    @Test
    void an_action_of_one_process_can_be_invoked_at_the_other() {
        await().atMost(CHANGES_SHOW_WITHIN)
                .untilAsserted(() -> assertThat(
                                ping(other).invoke("p-1").json().path("outcome").asText())
                        .isEqualTo("succeeded"));
    }

    @Test
    void a_change_at_one_process_shows_at_the_other() {
        await().until(() -> ping(other).invoke("p-1").status() == 200);

        ping(one).moveTo(PROVIDER, "/moved");

        await().atMost(CHANGES_SHOW_WITHIN).until(() -> {
            ping(other).invoke("p-2");
            return PROVIDER.requests().stream()
                    .anyMatch(request -> request.target().equals("/moved"));
        });
    }

    /** As an operator fills it; the address is a test's provider, which is not public. */
    private static void assertRefused(String name, Map<String, String> environment, String message) throws IOException {
        try (PackagedOnward refused = PackagedOnward.start(folder(name), environment)) {
            assertThat(refused.awaitExitStatus()).isNotZero();
            assertThat(refused.output()).contains(message).doesNotContain("Listening on");
        }
    }

    private static Map<String, String> filledExample() throws IOException {
        Map<String, String> environment = DeployFilesTest.example();
        environment.putAll(SERVER.environment(SERVER.newEmptyDatabase()));
        environment.putAll(PingAction.ENVIRONMENT);
        environment.put("ONWARD_SECRET_KEYS", SECRET_KEY);
        return environment;
    }

    private static PingAction ping(PackagedOnward onward) {
        return new PingAction(onward.client(PingAction.KEY));
    }

    private static Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
