package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.Header;
import dev.onward.value.Issue;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How attempts look to whoever reads the log. */
class AttemptJsonTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.125Z");
    private static final Optional<Duration> NO_TIME = Optional.empty();
    private static final CapturedMessage EMPTY = new CapturedMessage(List.of(), Optional.empty(), false);

    @Test
    void all_that_is_known_of_an_answered_attempt_is_told() {
        CapturedMessage request = new CapturedMessage(List.of(new Header("Accept", "*/*")), Optional.of("{}"), false);
        CapturedMessage response = new CapturedMessage(List.of(new Header("Age", "1")), Optional.of("down"), true);
        AttemptRecord attempt = new AttemptRecord(
                2,
                AT,
                HttpMethod.POST,
                "https://sms.example.com/v1",
                request,
                OptionalInt.of(503),
                Optional.of(response),
                Optional.empty(),
                new Timings(millis(1), millis(2), millis(3), millis(4), millis(5), Duration.ofMillis(15)),
                new Passage(true, true, true, true),
                millis(200));

        assertThat(AttemptJson.text(attempt))
                .isEqualTo("{\"number\":2,\"startedAt\":\"2026-03-01T12:00:00.125Z\","
                        + "\"request\":{\"method\":\"POST\",\"url\":\"https://sms.example.com/v1\","
                        + "\"headers\":{\"Accept\":\"*/*\"},\"body\":\"{}\",\"bodyTruncated\":false},"
                        + "\"response\":{\"status\":503,"
                        + "\"headers\":{\"Age\":\"1\"},\"body\":\"down\",\"bodyTruncated\":true},"
                        + "\"timings\":{\"queuedMs\":1,\"dnsMs\":2,\"connectMs\":3,\"tlsMs\":4,\"firstByteMs\":5,"
                        + "\"totalMs\":15},"
                        + "\"connectionReused\":true,\"mutualTls\":true,\"throughProxy\":true,\"throttled\":true,"
                        + "\"retryInMs\":200}");
    }

    @Test
    void of_an_attempt_without_an_answer_its_error_is_told() {
        assertThat(AttemptJson.text(failed(EMPTY)))
                .isEqualTo("{\"number\":1,\"startedAt\":\"2026-03-01T12:00:00.125Z\","
                        + "\"request\":{\"method\":\"GET\",\"url\":\"https://a.test/\",\"headers\":{},"
                        + "\"bodyTruncated\":false},"
                        + "\"error\":{\"code\":\"reset\",\"message\":\"closed\"},"
                        + "\"timings\":{\"totalMs\":7},\"connectionReused\":false}");
    }

    @Test
    void headers_stay_in_their_order() {
        assertThat(request(new Header("b", "1"), new Header("C", "2"), new Header("a", "3")))
                .contains("\"headers\":{\"b\":\"1\",\"C\":\"2\",\"a\":\"3\"}");
    }

    @Test
    void fields_of_one_name_are_joined_in_the_order_of_names() {
        assertThat(request(new Header("Via", "1"), new Header("Age", "2"), new Header("via", "3")))
                .contains("\"headers\":{\"Age\":\"2\",\"Via\":\"1, 3\"}");
    }

    @Test
    void two_fields_that_are_all_there_is_are_joined_too() {
        assertThat(request(new Header("Via", "1"), new Header("Via", "2"))).contains("\"headers\":{\"Via\":\"1, 2\"}");
    }

    @Test
    void a_warning_tells_where_it_was_noted() {
        Issue warning =
                new Issue(Issue.Severity.WARNING, JsonPointer.compile("/a/0"), CallErrorCode.PROTOCOL, "not text");

        assertThat(members(members -> AttemptJson.warning(warning, members)))
                .isEqualTo("{\"pointer\":\"/a/0\",\"code\":\"protocol\",\"message\":\"not text\"}");
    }

    private static String request(Header... headers) {
        AttemptRecord attempt = failed(new CapturedMessage(List.of(headers), Optional.empty(), false));
        return members(members -> AttemptJson.messages(attempt, members));
    }

    private static String members(Consumer<JsonMembers> writer) {
        JsonBuffer json = new JsonBuffer(256);
        JsonMembers.object(json, writer);
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    private static AttemptRecord failed(CapturedMessage request) {
        return new AttemptRecord(
                1,
                AT,
                HttpMethod.GET,
                "https://a.test/",
                request,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new CallError(CallErrorCode.RESET, "closed")),
                new Timings(NO_TIME, NO_TIME, NO_TIME, NO_TIME, NO_TIME, Duration.ofMillis(7)),
                Passage.PLAIN,
                Optional.empty());
    }

    private static Optional<Duration> millis(long count) {
        return Optional.of(Duration.ofMillis(count));
    }
}
