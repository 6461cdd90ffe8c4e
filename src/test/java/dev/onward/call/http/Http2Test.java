package dev.onward.call.http;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Timings;
import dev.onward.call.http.Http2Provider.Play;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 with a sound provider that speaks exact frames. */
class Http2Test {

    private static final CallError CANCELLED = new CallError(CallErrorCode.ATTEMPT_TIMEOUT, "for the test");

    @RegisterExtension
    static final Http2Provider PROVIDERS = new Http2Provider();

    @Test
    void the_request_has_a_pseudo_header_for_its_host_and_no_field_of_the_connection() throws Exception {
        BlockingQueue<String> blocks = new LinkedBlockingQueue<>();
        Script script = connection -> {
            Http2Frames frames = new Http2Frames(connection).greet();
            blocks.add(frames.head());
            frames.answer(frames.request(), "{}");
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.scripted(script)) {
            ExchangeReport report = PROVIDERS
                    .transport()
                    .send(Http2Provider.call(provider).key("key-7").header("X-Tenant", "acme"));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(blocks.take().lines().filter(line -> !line.startsWith("traceparent: ")))
                    .containsExactlyInAnyOrder(
                            ":method: POST",
                            ":scheme: https",
                            ":path: /v1/messages?q=1",
                            ":authority: " + Http2Provider.NAME + ":" + provider.port(),
                            "content-type: application/json",
                            "x-tenant: acme",
                            "idempotency-key: \"key-7\"",
                            "content-length: 21");
        }
    }

    @Test
    void calls_at_the_same_time_share_a_connection_that_is_open() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Play script = frames -> {
            frames.answer(frames.request(), "{}");
            int first = frames.request();
            int second = frames.request();
            frames.answer(second, "\"second\"");
            frames.answer(first, "\"first\"");
            both.countDown();
            frames.request();
        };
        try (RawProvider provider = PROVIDERS.playing(script)) {
            PROVIDERS.transport().send(Http2Provider.call(provider));
            Exchange first = PROVIDERS.transport().start(Http2Provider.call(provider));
            Exchange second = PROVIDERS.transport().start(Http2Provider.call(provider));

            assertThat(List.of(
                            Http2Provider.body(LoopbackTransport.await(first.done())),
                            Http2Provider.body(LoopbackTransport.await(second.done()))))
                    .containsExactlyInAnyOrder("\"first\"", "\"second\"");
            assertThat(provider.accepted()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_is_cut_hurts_no_other_stream() throws Exception {
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        CountDownLatch slowIsThere = new CountDownLatch(1);
        CountDownLatch goodIsThere = new CountDownLatch(1);
        Play script = frames -> {
            frames.answer(frames.request(), "{}");
            frames.head(frames.request());
            slowIsThere.countDown();
            int good = frames.request();
            goodIsThere.countDown();
            codes.add(frames.reset());
            frames.answer(good, "\"good\"");
            frames.answerAll("\"later\"");
        };
        try (RawProvider provider = PROVIDERS.playing(script)) {
            PROVIDERS.transport().send(Http2Provider.call(provider));
            Exchange slow = PROVIDERS.transport().start(Http2Provider.call(provider));
            Http2Provider.awaitAll(slowIsThere);
            Exchange good = PROVIDERS.transport().start(Http2Provider.call(provider));
            Http2Provider.awaitAll(goodIsThere);
            slow.cancel(CANCELLED);

            assertThat(Http2Provider.body(LoopbackTransport.await(good.done()))).isEqualTo("\"good\"");
            assertThat(codes.take()).isEqualTo(Http2Frames.CANCEL);
            assertThat(provider.accepted()).isEqualTo(1);
        }
    }

    @Test
    void a_provider_that_allows_one_stream_gets_one_at_a_time() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        Script script = connection -> {
            Http2Frames frames = new Http2Frames(connection).greet(1);
            int stream = frames.request();
            three.countDown();
            Http2Provider.awaitAll(three);
            frames.answer(stream, "{}");
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.scripted(script)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int call = 0; call < 3; call++) {
                exchanges.add(PROVIDERS.transport().start(Http2Provider.call(provider)));
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
            Http2Provider.awaitAll(cancelled);
            new Http2Frames(connection).greet().answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.scripted(slow)) {
            Exchange waiting = PROVIDERS.transport().start(Http2Provider.call(provider));
            await().until(() -> provider.accepted() == 1);
            waiting.cancel(CANCELLED);
            LoopbackTransport.await(waiting.done());
            cancelled.countDown();

            assertThat(PROVIDERS.transport().send(Http2Provider.call(provider)).end())
                    .isInstanceOf(AttemptEnd.Answered.class);
            await().untilAsserted(() -> assertThat(provider.open()).isLessThan(provider.accepted()));
        }
    }

    @Test
    void a_peer_that_offers_no_http_2_is_spoken_to_in_http_1() throws Exception {
        try (RawProvider provider = PROVIDERS.old(RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport report = PROVIDERS.transport().send(Http2Provider.call(provider));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(provider.requests().get(0)).startsWith("POST /v1/messages?q=1 HTTP/1.1\r\n");
        }
    }

    @Test
    void the_handshake_is_measured_beside_the_connection() throws Exception {
        try (RawProvider provider = PROVIDERS.playing(Http2Provider.answeringAll("{}"))) {
            ExchangeReport first = PROVIDERS.transport().send(Http2Provider.call(provider));
            ExchangeReport second = PROVIDERS.transport().send(Http2Provider.call(provider));

            Timings timings = first.timings();
            assertThat(timings.connect().orElseThrow()).isPositive();
            assertThat(timings.tls().orElseThrow()).isPositive();
            assertThat(timings.connect().orElseThrow().plus(timings.tls().orElseThrow()))
                    .isLessThan(timings.total());
            assertThat(second.passage().connectionReused()).isTrue();
            assertThat(second.timings().connect()).isEmpty();
            assertThat(second.timings().tls()).isEmpty();
        }
    }
}
