package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping with the embedded database, always in the same data directory. */
class StartIT {

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final StubProvider PROVIDER = StubProvider.start();

    private static PackagedOnward onward;

    @BeforeAll
    static void start() throws IOException {
        onward = PackagedOnward.start(folder, environment()).awaitReady();
        new PingAction(onward.client(firstKey())).create(PROVIDER);
    }

    @AfterAll
    static void end() {
        onward.close();
        PROVIDER.close();
    }

    /** The database that a killed one left running is this start's business. */
    @BeforeEach
    void start_again_after_a_test_that_stopped_it() {
        if (!onward.isAlive()) {
            onward = PackagedOnward.start(folder, environment()).awaitReady();
        }
    }

    @Test
    void an_unknown_key_stops_the_start_and_the_message_names_it_and_the_known_ones() {
        try (PackagedOnward misspelt =
                PackagedOnward.start(emptyFolder(), environment(), "-Donward.egress.alow=10.0.0.1")) {
            assertThat(misspelt.awaitExitStatus()).isNotZero();
            assertThat(misspelt.output())
                    .contains("unknown configuration [onward.egress.alow]", "onward.egress.allow")
                    .doesNotContain("Listening on");
            assertThat(misspelt.dataDirectory()).doesNotExist();
        }
    }

    @Test
    void a_start_warns_of_an_unknown_variable_and_of_nothing_else() {
        assertThat(onward.output().lines().filter(line -> !line.contains("\"level\":\"INFO\"")))
                .singleElement()
                .asString()
                .contains("nothing reads the variable ONWARD_EGRESS_ALOW");
    }

    @Test
    void a_second_process_on_the_same_data_directory_is_refused() {
        PackagedOnward second = PackagedOnward.start(folder, environment());

        assertThat(second.awaitExitStatus()).isNotZero();
        assertThat(second.output())
                .contains("the data directory " + onward.dataDirectory() + " is used by another Onward")
                .contains("ONWARD_DATA_DIR");
        assertThat(onward.client(firstKey()).get("/q/health/ready").status()).isEqualTo(200);
    }

    @Test
    void the_generated_key_is_in_a_file_for_its_owner_only_and_is_never_printed() throws IOException {
        Path file = onward.dataDirectory().resolve("admin-key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(onward.output()).contains(file.toString()).doesNotContain(firstKey());
        assertThat(onward.client(firstKey()).get("/api/v1/keys").status()).isEqualTo(200);
    }

    @Test
    void a_stop_ends_the_database_too_and_leaves_no_warning() {
        assertThat(onward.databaseProcesses()).isNotEmpty();
        int printedBefore = onward.output().length();

        onward.sigterm();

        assertThat(onward.awaitExitStatus()).isEqualTo(143);
        assertThat(onward.databaseProcesses()).isEmpty();
        assertThat(onward.output().substring(printedBefore)).doesNotContain("\"WARN\"", "\"ERROR\"", "Exception");
    }

    @Test
    void actions_and_calls_outlive_a_stop() {
        String callId = callId();
        onward.sigterm();
        onward.awaitExitStatus();

        onward = PackagedOnward.start(folder, environment()).awaitReady();

        assertThat(ping().log(callId).json().path("outcome").asText()).isEqualTo("succeeded");
        assertThat(ping().invoke("p-2").status()).isEqualTo(200);
    }

    @Test
    void a_kill_needs_no_manual_step() {
        String callId = callId();
        onward.kill9();

        onward = PackagedOnward.start(folder, environment()).awaitReady();

        assertThat(ping().log(callId).json().path("outcome").asText()).isEqualTo("succeeded");
        assertThat(ping().invoke("p-2").status()).isEqualTo(200);
    }

    private static PingAction ping() {
        return new PingAction(onward.client(firstKey()));
    }

    private static String callId() {
        return ping().invoke("p-1").json().path("callId").asText();
    }

    /** With a typing mistake, which stops nothing; without a key, which makes the start generate one. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.remove("ONWARD_ADMIN_KEY");
        environment.put("ONWARD_EGRESS_ALOW", "10.0.0.1");
        // As few as any system has file descriptors for.
        environment.put("ONWARD_CALL_MAX_IN_FLIGHT", "10");
        environment.put("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "10");
        return environment;
    }

    private static String firstKey() {
        try {
            return Files.readString(folder.resolve("data").resolve("admin-key")).strip();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Path emptyFolder() {
        try {
            return Files.createDirectory(folder.resolve("empty"));
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }
}
