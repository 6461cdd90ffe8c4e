package dev.onward.call.http;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.ExchangeReport;
import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a broken or hostile provider may do: each ends with a name, frees its connection, and hurts no later call. */
class HostileProviderTest {

    private static final LoopbackTransport TRANSPORT = new LoopbackTransport();
    private static final RetryPolicy ONCE = new RetryPolicy(0, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final byte[] KILOBYTES = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    @AfterAll
    static void closeTransport() {
        TRANSPORT.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(illegal(), brokenOff(), tooLarge()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> illegal() {
        return Stream.of(
                bytes("garbage instead of a status line", CallErrorCode.PROTOCOL, "\u0016\u0003\u0001garbage\r\n\r\n"),
                bytes("another protocol", CallErrorCode.PROTOCOL, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                bytes("an unknown version", CallErrorCode.PROTOCOL, "HTTP/7.3 200 OK\r\nContent-Length: 0\r\n\r\n"),
                bytes("a status that is no number", CallErrorCode.PROTOCOL, "HTTP/1.1 abc OK\r\n\r\n"),
                bytes("a status line without end", CallErrorCode.PROTOCOL, "HTTP/1.1 200 " + "x".repeat(5_000)),
                bytes(
                        "a bad chunk length",
                        CallErrorCode.PROTOCOL,
                        HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
                bytes("a negative length", CallErrorCode.PROTOCOL, HEAD + "Content-Length: -5\r\n\r\n{}"),
                bytes(
                        "a length and chunks",
                        CallErrorCode.PROTOCOL,
                        HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                bytes("two lengths", CallErrorCode.PROTOCOL, HEAD + "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}"),
                bytes("a header with a NUL", CallErrorCode.PROTOCOL, HEAD + "X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}"),
                bytes(
                        "an unasked interim status",
                        CallErrorCode.PROTOCOL,
                        "HTTP/1.1 102 Processing\r\n\r\n" + RawAnswers.OK),
                bytes(
                        "an unasked upgrade",
                        CallErrorCode.PROTOCOL,
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"));
    }

    private static Stream<Arguments> brokenOff() {
        return Stream.of(
                bytes("half a body", CallErrorCode.RESET, HEAD + "Content-Length: 100\r\n\r\n{\"half\":"),
                bytes(
                        "half of the chunks",
                        CallErrorCode.RESET,
                        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                bytes("half a head", CallErrorCode.RESET, "HTTP/1.1 200 OK\r\nContent-Ty"),
                bytes("nothing but an end", CallErrorCode.RESET, ""),
                script("a reset before the head", CallErrorCode.RESET, connection -> {
                    connection.readRequest();
                    connection.reset();
                }));
    }

    private static Stream<Arguments> tooLarge() {
        return Stream.of(
                script("a flood of headers", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\n");
                    connection.flood(("X-Flood: " + "x".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }),
                script("a million headers", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\n" + "a:b\r\n".repeat(1_000_000) + "\r\n");
                }),
                script("one endless header", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\nX-Flood: ");
                    connection.flood(KILOBYTES);
                }),
                script("300 megabytes", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Content-Length: 314572800\r\n\r\n");
                    connection.flood(KILOBYTES);
                }),
                script("a length beyond any number", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Content-Length: 9223372036854775807\r\n\r\n");
                    connection.flood(KILOBYTES);
                }),
                script("endless chunks", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                    connection.flood(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }),
                script("an endless body without a length", CallErrorCode.RESPONSE_TOO_LARGE, connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "\r\n");
                    connection.flood(KILOBYTES);
                }));
    }

    private static Arguments bytes(String name, CallErrorCode code, String answer) {
        return script(name, code, RawProvider.answer(answer));
    }

    private static Arguments script(String name, CallErrorCode code, Script script) {
        return Arguments.of(name, code, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void a_malformed_answer_has_a_name_and_the_next_call_works(String name, CallErrorCode code, Script script)
            throws IOException {
        try (RawProvider provider = RawProvider.playing(script, RawProvider.answerAll(RawAnswers.OK))) {
            Calls call = Calls.to(provider.port())
                    .attemptTimeout(Duration.ofSeconds(5))
                    .retry(ONCE);

            CallResult bad = TRANSPORT.call(call);
            CallResult good = TRANSPORT.call(call);

            assertThat(bad.outcome().error()).map(CallError::code).contains(code);
            assertThat(bad.answer()).isEmpty();
            assertThat(good.outcome().isSuccess()).isTrue();
            assertThat(good.attempts())
                    .extracting(attempt -> attempt.passage().connectionReused())
                    .containsExactly(false);
        }
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                Arguments.of("silence", RawProvider.silence()),
                Arguments.of("a dripping head", (Script) connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                    connection.drip("x", 5);
                }),
                Arguments.of("a dripping body", (Script) connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Content-Length: 1000000\r\n\r\n");
                    connection.drip("x", 5);
                }),
                Arguments.of("dripping chunks", (Script) connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                    connection.drip("1\r\nx\r\n", 5);
                }),
                Arguments.of("half a body and then silence", (Script) connection -> {
                    connection.readRequest();
                    connection.write(HEAD + "Content-Length: 100\r\n\r\n{\"half\":");
                    connection.awaitClose();
                }),
                Arguments.of("100 Continue for ever", (Script) connection -> {
                    connection.readRequest();
                    connection.drip("HTTP/1.1 100 Continue\r\n\r\n", 1);
                }),
                Arguments.of("103 Early Hints for ever", (Script) connection -> {
                    connection.readRequest();
                    connection.flood(
                            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void an_answer_without_end_is_cut_at_the_deadline(String name, Script script) throws IOException {
        try (RawProvider provider = RawProvider.playing(script, RawProvider.answerAll(RawAnswers.OK))) {
            Calls call = Calls.to(provider.port())
                    .attemptTimeout(Duration.ofMillis(200))
                    .retry(ONCE);

            CallResult bad = TRANSPORT.call(call);
            CallResult good = TRANSPORT.call(call.attemptTimeout(Duration.ofSeconds(5)));

            assertThat(bad.outcome().wireName()).isEqualTo("timedOut");
            assertThat(bad.outcome().joStatusCode()).isEqualTo("timedout");
            assertThat(bad.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
            assertThat(good.outcome().isSuccess()).isTrue();
            await().untilAsserted(() -> assertThat(provider.open()).isEqualTo(1));
        }
    }

    @Test
    void a_body_that_broke_off_is_kept_for_the_log_as_far_as_it_came() throws IOException {
        Script half = RawProvider.answer(HEAD + "Content-Length: 100\r\n\r\n{\"half\":");
        try (RawProvider provider = RawProvider.playing(half)) {
            ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(report.end()).isInstanceOfSatisfying(AttemptEnd.Failed.class, end -> {
                assertThat(end.sent()).isTrue();
                assertThat(end.headStatus()).hasValue(200);
            });
            assertThat(report.response().orElseThrow().body()).contains("{\"half\":");
        }
    }

    @Test
    void the_second_of_two_answers_reaches_nobody() throws IOException {
        Script twice = RawProvider.answerAll(RawAnswers.ok("\"mine\"") + RawAnswers.ok("\"smuggled\""));
        try (RawProvider provider = RawProvider.playing(twice, RawProvider.answerAll(RawAnswers.ok("\"yours\"")))) {
            ExchangeReport first = TRANSPORT.send(Calls.to(provider.port()));
            ExchangeReport second = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(first.response().orElseThrow().body()).contains("\"mine\"");
            assertThat(second.response().orElseThrow().body()).contains("\"yours\"");
        }
    }

    @Test
    void an_answer_that_nobody_asked_for_closes_an_idle_connection() throws IOException {
        Script chatty = connection -> {
            connection.readRequest();
            connection.write(RawAnswers.OK);
            connection.drip(RawAnswers.ok("\"smuggled\""), 5);
        };
        try (RawProvider provider = RawProvider.playing(chatty, RawProvider.answerAll(RawAnswers.ok("\"yours\"")))) {
            TRANSPORT.send(Calls.to(provider.port()));
            await().untilAsserted(() -> assertThat(provider.open()).isZero());

            ExchangeReport second = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(second.response().orElseThrow().body()).contains("\"yours\"");
        }
    }

    @Test
    void bytes_behind_an_answer_are_no_answer_to_the_next_call() throws IOException {
        Script more = RawProvider.answerAll(RawAnswers.OK + "and more");
        try (RawProvider provider = RawProvider.playing(more, RawProvider.answerAll(RawAnswers.ok("\"yours\"")))) {
            Calls call = Calls.to(provider.port());
            CallResult first = TRANSPORT.call(call);
            CallResult second = TRANSPORT.call(call);

            assertThat(first.answer().map(Answer::body)).contains("{}".getBytes(StandardCharsets.US_ASCII));
            assertThat(second.answer().map(Answer::body)).contains("\"yours\"".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_body_that_ends_with_its_connection_is_a_whole_answer() throws IOException {
        try (RawProvider provider = RawProvider.playing(RawProvider.answer(HEAD + "\r\n{\"a\":1}"))) {
            ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(report.response().orElseThrow().body()).contains("{\"a\":1}");
        }
    }

    @Test
    void bytes_are_counted_where_no_length_is_declared() throws IOException {
        String megabyte = "x".repeat(AnswerReader.MAX_BODY_BYTES);
        try (RawProvider provider = RawProvider.playing(
                RawProvider.answer(HEAD + "\r\n" + megabyte), RawProvider.answer(HEAD + "\r\n" + megabyte + "x"))) {
            ExchangeReport whole = TRANSPORT.send(Calls.to(provider.port()));
            ExchangeReport tooLarge = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(whole.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(tooLarge.end())
                    .isInstanceOfSatisfying(
                            AttemptEnd.Failed.class,
                            end -> assertThat(end.error().code()).isEqualTo(CallErrorCode.RESPONSE_TOO_LARGE));
        }
    }

    @Test
    void headers_end_at_sixteen_kilobytes() throws IOException {
        String head = HEAD + "Content-Length: 0\r\nX-Long: ";
        try (RawProvider provider = RawProvider.playing(
                RawProvider.answer(head + "x".repeat(15 * 1024) + "\r\n\r\n"),
                RawProvider.answer(head + "x".repeat(17 * 1024) + "\r\n\r\n"))) {
            ExchangeReport whole = TRANSPORT.send(Calls.to(provider.port()));
            ExchangeReport tooLarge = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(whole.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(tooLarge.end())
                    .isInstanceOfSatisfying(
                            AttemptEnd.Failed.class,
                            end -> assertThat(end.error().code()).isEqualTo(CallErrorCode.RESPONSE_TOO_LARGE));
        }
    }

    @Test
    void a_bomb_stays_as_small_as_it_came() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[10 * AnswerReader.MAX_BODY_BYTES]);
        }
        Script script = connection -> {
            connection.readRequest();
            connection.write(HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            connection.write(bomb.toByteArray());
        };
        try (RawProvider provider = RawProvider.playing(script)) {
            ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()));

            assertThat(report.end())
                    .isInstanceOfSatisfying(
                            AttemptEnd.Answered.class,
                            end -> assertThat(end.answer().body()).isEqualTo(bomb.toByteArray()));
        }
    }
}
