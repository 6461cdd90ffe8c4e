package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take too long over a head, which only the packaged application cuts off. */
class SlowClientIT {

    private static final String HEALTH = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static PackagedOnward onward;

    @BeforeAll
    static void start() {
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.put("ONWARD_LISTENER_HEAD_TIMEOUT", "PT0.5S");
        onward = PackagedOnward.start(folder, environment).awaitReady();
    }

    @AfterAll
    static void end() {
        onward.close();
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws IOException {
        try (RawClient client = RawClient.connect(onward.port())) {
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void a_head_that_stops_half_way_is_closed() throws IOException {
        try (RawClient client = RawClient.connect(onward.port())) {
            assertThat(client.send(HEALTH).untilClosed()).isEmpty();
        }
    }

    @Test
    void a_second_head_that_stops_half_way_is_closed_after_the_first_answer() throws IOException {
        try (RawClient client = RawClient.connect(onward.port())) {
            assertThat(client.send(HEALTH + "\r\n").untilAnswered()).startsWith("HTTP/1.1 200 ");
            assertThat(client.send("GET /q").untilClosed()).isBlank();
        }
    }

    @Test
    void a_request_may_be_answered_and_followed_by_another() throws IOException {
        try (RawClient client = RawClient.connect(onward.port())) {
            String seen = client.send(HEALTH + "\r\n")
                    .send(HEALTH + "Connection: close\r\n\r\n")
                    .untilClosed();
            assertThat(seen.split("HTTP/1.1 200 ", -1)).hasSize(3);
        }
    }
}
