package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Delivery;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawConnection;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 with a provider that speaks exact frames. */
class Http2Test {

    private static final String NAME = "provider.test";
    private static final CallError CANCELLED = new CallError(CallErrorCode.ATTEMPT_TIMEOUT, "for the test");

    private static final RetryPolicy ONCE = new RetryPolicy(0, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO);

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;
    private static LoopbackTransport transport;

    /** What a connection does after its settings were told. */
    private interface Play {
        void on(Http2Frames frames) throws IOException;
    }

    @BeforeAll
    static void makeTransport() throws Exception {
        certificates = TestCertificates.in(folder);
        certificates.sign("good", NAME, "-validity", "2");
        transport = new LoopbackTransport(new Route(Optional.empty(), Optional.of(certificates.trust())));
    }

    @AfterAll
    static void closeTransport() {
        transport.close();
    }

    static Stream<Arguments> misbehaviour() {
        return Stream.of(
                play("a stream that is reset", CallErrorCode.RESET, frames -> {
                    frames.reset(frames.request(), Http2Frames.CANCEL);
                }),
                play("a stream that is reset inside its body", CallErrorCode.RESET, frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.data(stream, new byte[10]);
                    frames.reset(stream, Http2Frames.CANCEL);
                }),
                play("a connection that ends before the answer", CallErrorCode.RESET, frames -> {
                    frames.request();
                    throw new IOException("closed");
                }),
                play("a connection that ends inside the body", CallErrorCode.RESET, frames -> {
                    frames.head(frames.request());
                    throw new IOException("closed");
                }),
                play("a connection that goes away behind the stream and ends", CallErrorCode.RESET, frames -> {
                    frames.goAway(frames.request(), Http2Frames.NO_ERROR);
                    throw new IOException("closed");
                }),
                play("a body without end", CallErrorCode.RESPONSE_TOO_LARGE, frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.flood(stream);
                }),
                play("a field over sixteen kilobytes", CallErrorCode.RESPONSE_TOO_LARGE, frames -> {
                    frames.head(frames.request(), "x-long", 17 * 1024);
                }),
                play("a head far over sixteen kilobytes", CallErrorCode.PROTOCOL, frames -> {
                    frames.head(frames.request(), "x-long", 1024 * 1024);
                }),
                play("an upper case field name", CallErrorCode.PROTOCOL, frames -> {
                    frames.head(frames.request(), "X-Upper", 1);
                }),
                play("an unknown coding", CallErrorCode.PROTOCOL, frames -> {
                    frames.block(frames.request(), (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF);
                }),
                play("a frame longer than agreed", CallErrorCode.PROTOCOL, frames -> {
                    frames.data(frames.request(), new byte[17 * 1024]);
                }),
                play("a push that was forbidden", CallErrorCode.PROTOCOL, frames -> {
                    frames.write(5, 4, frames.request(), new byte[] {0, 0, 0, 2, (byte) 0x82});
                }),
                play("an unasked interim status", CallErrorCode.PROTOCOL, frames -> {
                    frames.block(frames.request(), (byte) 0x08, (byte) 3, (byte) '1', (byte) '0', (byte) '2');
                }));
    }

    private static Arguments play(String name, CallErrorCode code, Play play) {
        return Arguments.of(name, code, play);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviour")
    void misbehaviour_has_a_name_and_the_next_call_works(String name, CallErrorCode code, Play play) throws Exception {
        Script script = script(frames -> {
            play.on(frames);
            frames.answerAll("{}");
        });
        try (RawProvider provider = provider(script, script(frames -> frames.answerAll("{}")))) {
            ExchangeReport bad = transport.send(call(provider));
            ExchangeReport good = transport.send(call(provider));

            assertThat(failed(bad).error().code()).isEqualTo(code);
            assertThat(failed(bad).sent()).isTrue();
            assertThat(good.end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                endless("silence", frames -> frames.request()),
                endless("a body without a head", frames -> frames.data(frames.request(), new byte[10])),
                endless("a dripping body", frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.drip(() -> frames.data(stream, new byte[1]));
                }),
                endless("100 Continue for ever", frames -> {
                    int stream = frames.request();
                    frames.drip(() -> frames.block(stream, (byte) 0x08, (byte) 3, (byte) '1', (byte) '0', (byte) '0'));
                }),
                endless("pings for ever", frames -> {
                    frames.request();
                    frames.drip(() -> frames.write(6, 0, 0, new byte[8]));
                }));
    }

    private static Arguments endless(String name, Play play) {
        return Arguments.of(name, play);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void an_answer_without_end_is_cut_at_the_deadline_and_the_connection_lives_on(String name, Play play)
            throws Exception {
        Script script = script(frames -> {
            play.on(frames);
            frames.answerAll("{}");
        });
        try (RawProvider provider = provider(script)) {
            CallResult bad = transport.call(
                    call(provider).attemptTimeout(Duration.ofMillis(300)).retry(ONCE));
            ExchangeReport good = transport.send(call(provider));

            assertThat(bad.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
            assertThat(good.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(good.connectionReused()).isTrue();
        }
    }

    @Test
    void a_peer_that_never_tells_its_settings_costs_no_more_than_the_attempt() throws Exception {
        Script mute = connection -> connection.awaitClose();
        try (RawProvider provider = provider(mute, script(frames -> frames.answerAll("{}")))) {
            CallResult bad = transport.call(
                    call(provider).attemptTimeout(Duration.ofMillis(300)).retry(ONCE));

            assertThat(bad.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
            assertThat(transport.send(call(provider)).end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @Test
    void a_peer_that_closes_before_it_told_its_settings_is_connect() throws Exception {
        try (RawProvider provider = provider(connection -> connection.read(24))) {
            AttemptEnd.Failed end = failed(transport.send(call(provider)));

            assertThat(end.error().code()).isEqualTo(CallErrorCode.CONNECT);
            assertThat(end.sent()).isFalse();
        }
    }

    @Test
    void the_request_has_a_pseudo_header_for_its_host_and_no_field_of_the_connection() throws Exception {
        BlockingQueue<String> blocks = new LinkedBlockingQueue<>();
        Script script = connection -> {
            Http2Frames frames = new Http2Frames(connection).greet();
            blocks.add(frames.head());
            frames.answer(frames.request(), "{}");
            frames.answerAll("{}");
        };
        try (RawProvider provider = provider(script)) {
            ExchangeReport report = transport.send(call(provider).key("key-7").header("X-Tenant", "acme"));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(blocks.take().lines().filter(line -> !line.startsWith("traceparent: ")))
                    .containsExactlyInAnyOrder(
                            ":method: POST",
                            ":scheme: https",
                            ":path: /v1/messages?q=1",
                            ":authority: " + NAME + ":" + provider.port(),
                            "content-type: application/json",
                            "x-tenant: acme",
                            "idempotency-key: \"key-7\"",
                            "content-length: 21");
        }
    }

    @Test
    void calls_at_the_same_time_share_a_connection_that_is_open() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Script script = script(frames -> {
            frames.answer(frames.request(), "{}");
            int first = frames.request();
            int second = frames.request();
            frames.answer(second, "\"second\"");
            frames.answer(first, "\"first\"");
            both.countDown();
            frames.request();
        });
        try (RawProvider provider = provider(script)) {
            transport.send(call(provider));
            Exchange first = transport.start(call(provider));
            Exchange second = transport.start(call(provider));

            assertThat(List.of(
                            body(LoopbackTransport.await(first.done())), body(LoopbackTransport.await(second.done()))))
                    .containsExactlyInAnyOrder("\"first\"", "\"second\"");
            assertThat(provider.accepted()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_is_cut_hurts_no_other_stream() throws Exception {
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        CountDownLatch slowIsThere = new CountDownLatch(1);
        CountDownLatch goodIsThere = new CountDownLatch(1);
        Script script = script(frames -> {
            frames.answer(frames.request(), "{}");
            frames.head(frames.request());
            slowIsThere.countDown();
            int good = frames.request();
            goodIsThere.countDown();
            codes.add(frames.reset());
            frames.answer(good, "\"good\"");
            frames.answerAll("\"later\"");
        });
        try (RawProvider provider = provider(script)) {
            transport.send(call(provider));
            Exchange slow = transport.start(call(provider));
            awaitAll(slowIsThere);
            Exchange good = transport.start(call(provider));
            awaitAll(goodIsThere);
            slow.cancel(CANCELLED);

            assertThat(body(LoopbackTransport.await(good.done()))).isEqualTo("\"good\"");
            assertThat(codes.take()).isEqualTo(Http2Frames.CANCEL);
            assertThat(provider.accepted()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_stream_is_sent_again_at_once_even_when_it_may_be_seen_once_at_most() throws Exception {
        Script script = script(frames -> {
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.answerAll("{}");
        });
        try (RawProvider provider = provider(script)) {
            ExchangeReport report = transport.send(call(provider).delivery(Delivery.AT_MOST_ONCE));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @Test
    void a_stream_that_is_refused_twice_was_not_sent() throws Exception {
        Script script = script(frames -> {
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.answerAll("{}");
        });
        try (RawProvider provider = provider(script)) {
            ExchangeReport report = transport.send(call(provider));

            assertThat(failed(report).error().code()).isEqualTo(CallErrorCode.RESET);
            assertThat(failed(report).sent()).isFalse();
        }
    }

    @Test
    void a_stream_beyond_the_last_one_of_a_connection_that_goes_away_is_sent_on_another() throws Exception {
        Script goesAway = script(frames -> {
            frames.answer(frames.request(), "{}");
            int stream = frames.request();
            frames.goAway(stream - 2, Http2Frames.NO_ERROR);
            frames.request();
        });
        try (RawProvider provider = provider(goesAway, script(frames -> frames.answerAll("\"new\"")))) {
            transport.send(call(provider));
            ExchangeReport report = transport.send(call(provider).delivery(Delivery.AT_MOST_ONCE));

            assertThat(body(report)).isEqualTo("\"new\"");
            assertThat(provider.accepted()).isEqualTo(2);
        }
    }

    @Test
    void a_stream_that_a_connection_still_answers_while_it_goes_away_is_answered() throws Exception {
        Script goesAway = script(frames -> {
            int stream = frames.request();
            frames.goAway(stream, Http2Frames.NO_ERROR);
            frames.answer(stream, "\"late\"");
        });
        try (RawProvider provider = provider(goesAway, script(frames -> frames.answerAll("\"new\"")))) {
            assertThat(body(transport.send(call(provider)))).isEqualTo("\"late\"");
            assertThat(body(transport.send(call(provider)))).isEqualTo("\"new\"");
        }
    }

    @Test
    void a_stale_connection_is_replaced_at_once() throws Exception {
        Script stale = script(frames -> {
            frames.answer(frames.request(), "{}");
            frames.request();
        });
        try (RawProvider provider = provider(stale, script(frames -> frames.answerAll("\"new\"")))) {
            transport.send(call(provider));
            ExchangeReport atMostOnce = transport.send(call(provider).in("other"));
            ExchangeReport report = transport.send(call(provider));

            assertThat(body(atMostOnce)).isEqualTo("\"new\"");
            assertThat(body(report)).isEqualTo("\"new\"");
            assertThat(report.connectionReused()).isFalse();
        }
    }

    @Test
    void a_provider_that_allows_one_stream_gets_one_at_a_time() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        Script script = connection -> {
            Http2Frames frames = new Http2Frames(connection).greet(1);
            int stream = frames.request();
            three.countDown();
            awaitAll(three);
            frames.answer(stream, "{}");
            frames.answerAll("{}");
        };
        try (RawProvider provider = provider(script)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int call = 0; call < 3; call++) {
                exchanges.add(transport.start(call(provider)));
            }

            assertThat(exchanges)
                    .allSatisfy(exchange -> assertThat(
                                    LoopbackTransport.await(exchange.done()).end())
                            .isInstanceOf(AttemptEnd.Answered.class));
            assertThat(provider.accepted()).isEqualTo(3);
        }
    }

    /** Vert.x keeps the place of a request that was never sent: what would stay open would be full one day. */
    @Test
    void a_connection_that_came_too_late_for_its_call_does_not_stay() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        Script slow = connection -> {
            awaitAll(cancelled);
            new Http2Frames(connection).greet().answerAll("{}");
        };
        try (RawProvider provider = provider(slow)) {
            Exchange waiting = transport.start(call(provider));
            await().until(() -> provider.accepted() == 1);
            waiting.cancel(CANCELLED);
            LoopbackTransport.await(waiting.done());
            cancelled.countDown();

            assertThat(transport.send(call(provider)).end()).isInstanceOf(AttemptEnd.Answered.class);
            await().untilAsserted(() -> assertThat(provider.open()).isLessThan(provider.accepted()));
        }
    }

    @Test
    void a_peer_that_offers_no_http_2_is_spoken_to_in_http_1() throws Exception {
        try (RawProvider provider =
                RawProvider.playing(certificates.serverSockets("good"), RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport report = transport.send(call(provider));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(provider.requests().get(0)).startsWith("POST /v1/messages?q=1 HTTP/1.1\r\n");
        }
    }

    @Test
    void the_handshake_is_measured_beside_the_connection() throws Exception {
        try (RawProvider provider = provider(script(frames -> frames.answerAll("{}")))) {
            ExchangeReport first = transport.send(call(provider));
            ExchangeReport second = transport.send(call(provider));

            assertThat(first.timings().connect()).isPresent();
            assertThat(first.timings().tls()).isPresent();
            assertThat(second.connectionReused()).isTrue();
            assertThat(second.timings().connect()).isEmpty();
            assertThat(second.timings().tls()).isEmpty();
        }
    }

    private static void awaitAll(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static Script script(Play play) {
        return (RawConnection connection) -> play.on(new Http2Frames(connection).greet());
    }

    private static RawProvider provider(Script... scripts) throws Exception {
        return RawProvider.playing(certificates.http2Sockets("good"), scripts);
    }

    private static Calls call(RawProvider provider) {
        return Calls.to(new Destination(Scheme.HTTPS, NAME, provider.port(), "/v1/messages", "q=1"));
    }

    private static String body(ExchangeReport report) {
        return report.response().orElseThrow().body().orElseThrow();
    }

    private static AttemptEnd.Failed failed(ExchangeReport report) {
        assertThat(report.end()).isInstanceOf(AttemptEnd.Failed.class);
        return (AttemptEnd.Failed) report.end();
    }
}
