package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitConfigResourceTest {

    @ParameterizedTest
    @CsvSource({
        "DELETE, 1457, Can't delete throttling config: unexpected error occurs",
        "DEPLOY, 1458, Can't deploy throttling config: unexpected error occurs",
        "UNDEPLOY, 1459, Can't undeploy throttling config: unexpected error occurs",
        "GET, 1460, Can't get throttling config: unexpected error occurs",
        "UPDATE, 1462, Can't update throttling config: unexpected error occurs",
        "CREATE, 1464, Can't create throttling config: unexpected error occurs",
    })
    void without_the_database_a_throttling_is_answered_with_the_code_of_what_was_asked(
            LimitOperation operation, String code, String message) {
        Response answer = LimitConfigResource.answer(LimitKind.THROTTLING, operation, LimitConfigResourceTest::isAway);
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
        JsonNode body = (JsonNode) answer.getEntity();
        assertThat(body.at("/error/code").textValue()).isEqualTo(code);
        assertThat(body.at("/error/message").textValue()).startsWith(message);
        assertThat(body.path("status").intValue()).isEqualTo(503);
        assertThat(body.path("requestId").textValue()).hasSize(36);
    }

    @Test
    void of_a_capping_it_is_told_in_the_same_form() {
        JsonNode body = (JsonNode)
                LimitConfigResource.answer(LimitKind.CAPPING, LimitOperation.GET, LimitConfigResourceTest::isAway)
                        .getEntity();
        assertThat(body.at("/error/code").textValue()).isEqualTo("4000");
        assertThat(body.at("/error/family").textValue()).isEqualTo("INTERNAL_ERROR");
    }

    @Test
    void a_bug_is_not_hidden() {
        assertThatThrownBy(() -> LimitConfigResource.answer(
                        LimitKind.CAPPING, LimitOperation.GET, LimitConfigResourceTest::isBroken))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Response isAway() {
        throw new ConnectionException(new SQLException("no connection", "08001"));
    }

    private static Response isBroken() {
        throw new IllegalStateException("bug");
    }
}
