package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void processes_that_start_together_on_an_empty_database_take_turns() throws Exception {
        ServerLocation empty = DATABASE.server().location(DATABASE.server().newEmptyDatabase());

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> Migrations.run(empty)),
                        CompletableFuture.runAsync(() -> Migrations.run(empty)),
                        CompletableFuture.runAsync(() -> Migrations.run(empty)))
                .join();

        try (Connection connection = Connections.open(empty);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM onward.flyway_schema_history WHERE version = '1' AND success")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }
}
