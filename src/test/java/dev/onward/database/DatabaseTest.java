package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void runs_statements_in_the_schema_of_onward() {
        String schema = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT current_schema()")
                        .mapTo(String.class)
                        .one());

        assertThat(schema).isEqualTo("onward");
    }

    @Test
    void is_reachable_while_the_server_runs() {
        assertThat(DATABASE.database().isReachable()).isTrue();
    }
}
