package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testsupport.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExternalServerTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void a_wrong_password_is_told_without_it() {
        ServerLocation location = location();

        assertRefused(new ServerLocation(location.url(), location.username(), Optional.of("s3cret")))
                .hasMessageContaining("does not let this user in")
                .hasMessageContaining("onward.database.password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_wrong_password_in_the_url_is_told_without_it() {
        String url = location().url() + "?user=onward&password=s3cret";

        assertRefused(new ServerLocation(url, Optional.empty(), Optional.empty()))
                .hasMessageContaining("does not let this user in")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_missing_database_is_told() {
        ServerLocation location = location();
        String url = location.url().replaceFirst("/[^/]*$", "/nowhere");

        assertRefused(new ServerLocation(url, location.username(), location.password()))
                .hasMessageContaining("does not have that database")
                .hasMessageContaining("nowhere");
    }

    @Test
    void a_server_that_does_not_listen_is_told() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }

        assertRefused(new ServerLocation(
                        "jdbc:postgresql://127.0.0.1:%d/onward?password=s3cret".formatted(closedPort),
                        Optional.of("onward"),
                        Optional.empty()))
                .hasMessageContaining("is it running")
                .hasMessageContaining(Integer.toString(closedPort))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_url_of_another_kind_is_told() {
        assertRefused(new ServerLocation("jdbc:mysql://u:s3cret@localhost/onward", Optional.empty(), Optional.empty()))
                .hasMessageContaining("jdbc:postgresql://host:port/database")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void an_older_server_is_refused() {
        assertThatThrownBy(() -> ExternalServer.refuseOlder(14))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("PostgreSQL 14; Onward needs 15 or newer");
        assertThatCode(() -> ExternalServer.refuseOlder(15)).doesNotThrowAnyException();
    }

    private static ServerLocation location() {
        return DATABASE.server().location(DATABASE.server().newEmptyDatabase());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ServerLocation location) {
        return assertThatThrownBy(() -> ExternalServer.check(location)).isInstanceOf(DatabaseException.class);
    }
}
