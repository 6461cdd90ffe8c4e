package dev.onward.call.http;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.ExchangeReport;
import dev.onward.call.HttpMethod;
import dev.onward.call.TraceParent;
import dev.onward.egress.Destination;
import dev.onward.egress.DestinationRefusedException;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertxTransportTest {

    private static final LoopbackTransport TRANSPORT = new LoopbackTransport();

    private final StubProvider provider = StubProvider.start();

    @AfterAll
    static void closeTransport() {
        TRANSPORT.close();
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    @Test
    void a_name_without_an_address_is_dns() {
        ExchangeReport report = resolvedBy(CompletableFuture.failedFuture(new UnknownHostException("provider.test")));

        assertThat(failure(report)).isEqualTo(CallErrorCode.DNS);
        assertThat(failed(report).sent()).isFalse();
    }

    @Test
    void a_refused_destination_is_told_without_its_reason() {
        ExchangeReport report = resolvedBy(CompletableFuture.failedFuture(
                new DestinationRefusedException("provider.test", "10.0.0.1 is private")));

        assertThat(failure(report)).isEqualTo(CallErrorCode.DESTINATION_REFUSED);
        assertThat(failed(report).sent()).isFalse();
        assertThat(failed(report).error().message()).doesNotContain("10.0.0.1", "private");
    }

    @Test
    void a_resolver_that_breaks_is_an_internal_fault_and_not_a_lost_attempt() {
        try (LoopbackTransport transport = new LoopbackTransport((sandbox, destination) -> {
            throw new IllegalStateException("for the test");
        })) {
            assertThat(failure(transport.send(Calls.to(provider.port())))).isEqualTo(CallErrorCode.INTERNAL);
        }
    }

    private ExchangeReport resolvedBy(CompletionStage<List<InetAddress>> answer) {
        try (LoopbackTransport transport = new LoopbackTransport((sandbox, destination) -> answer)) {
            return transport.send(Calls.to(provider.port()));
        }
    }

    @Test
    void nobody_listening_is_connect() throws IOException {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();

        ExchangeReport report = TRANSPORT.send(Calls.to(closed.getLocalPort()));

        assertThat(failure(report)).isEqualTo(CallErrorCode.CONNECT);
        assertThat(failed(report).sent()).isFalse();
        assertThat(failed(report).error().message()).doesNotContain("127.0.0.1", "localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\0b", "naïve", "a\u007fb"})
    void an_illegal_header_value_sends_nothing(String value) {
        ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()).header("X-Campaign", value));

        assertThat(failure(report)).isEqualTo(CallErrorCode.REQUEST_INVALID);
        assertThat(failed(report).sent()).isFalse();
        assertThat(provider.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length, 0",
        "content-length, 50",
        "Transfer-Encoding, chunked",
        "Host, other.test",
        "Connection, close",
        "Upgrade, h2c",
        "Expect, 100-continue",
        "Idempotency-Key, mine",
        "Traceparent, 00-1-2-01",
        "a b, c",
        "a:b, c"
    })
    void a_header_that_could_move_the_end_of_the_request_sends_nothing(String name, String value) {
        ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()).header(name, value));

        assertThat(failure(report)).isEqualTo(CallErrorCode.REQUEST_INVALID);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_path_with_a_line_break_sends_nothing() {
        Destination bad = new Destination(Scheme.HTTP, "provider.test", provider.port(), "/a b\r\n", "");

        assertThat(failure(TRANSPORT.send(Calls.to(bad)))).isEqualTo(CallErrorCode.REQUEST_INVALID);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void after_a_thousand_poisoned_calls_a_good_one_works() {
        Calls good = Calls.to(provider.port());
        List<CompletionStage<ExchangeReport>> poisoned = new ArrayList<>();
        for (int count = 0; count < 1_000; count++) {
            poisoned.add(TRANSPORT.start(good.header("X-Campaign", "a\r\nb")).done());
        }

        CallResult result =
                TRANSPORT.call(good.attemptTimeout(Duration.ofSeconds(1)).window(Duration.ofSeconds(1)));

        assertThat(result.outcome().isSuccess()).isTrue();
        assertThat(poisoned)
                .allSatisfy(stage ->
                        assertThat(failure(LoopbackTransport.await(stage))).isEqualTo(CallErrorCode.REQUEST_INVALID));
    }

    @Test
    void a_cancelled_attempt_ends_with_the_reason() {
        provider.usually(Reply.status(204).after(Duration.ofMinutes(1)));
        ExchangeReport report = TRANSPORT.cancelled(Calls.to(provider.port()));

        assertThat(failure(report)).isEqualTo(CallErrorCode.ATTEMPT_TIMEOUT);
    }

    @Test
    void the_message_arrives_as_it_was_given() {
        Destination destination =
                new Destination(Scheme.HTTP, "provider.test", provider.port(), "/v1/a%2Fb", "q=%20x&y");

        TRANSPORT.send(Calls.to(destination).key("say \"hi\" \\").header("X-Tenant", "acme"));

        Received received = provider.requests().get(0);
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/v1/a%2Fb?q=%20x&y");
        assertThat(received.body()).isEqualTo("{\"to\":\"+33600000000\"}");
        assertThat(received.headers())
                .containsEntry("Host", "provider.test:" + provider.port())
                .containsEntry("Idempotency-Key", "\"say \\\"hi\\\" \\\\\"")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Content-Length", "21")
                .containsEntry("X-Tenant", "acme")
                .doesNotContainKeys("Transfer-Encoding", "Accept-Encoding", "User-Agent", "Connection");
    }

    @Test
    void every_attempt_tells_its_own_place_in_the_trace_of_its_call() {
        CallRequest call = Calls.to(provider.port()).build();

        LoopbackTransport.await(TRANSPORT.start(call, 1).done());
        LoopbackTransport.await(TRANSPORT.start(call, 2).done());

        List<TraceParent> told = provider.requests().stream()
                .map(received -> TraceParent.parse(
                                String.valueOf(received.headers().get("traceparent")))
                        .orElseThrow())
                .toList();
        assertThat(told)
                .extracting(TraceParent::traceId)
                .containsOnly(call.id().toString().replace("-", ""));
        assertThat(told).extracting(TraceParent::parentId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"POST, 0", "PUT, 0", "PATCH, 0", "DELETE,", "GET,"})
    void a_request_without_a_body_tells_its_length_where_http_wants_it(HttpMethod method, String length) {
        TRANSPORT.send(Calls.to(provider.port()).method(method).noBody());

        assertThat(provider.requests().get(0).method()).isEqualTo(method.name());
        assertThat(provider.requests().get(0).headers().get("Content-Length")).isEqualTo(length);
    }

    @Test
    void the_answer_comes_back_byte_for_byte() {
        provider.next(Reply.json(422, "{\"error\":\"ü €\"}").with("X-Trace", "t-1"));

        ExchangeReport report = TRANSPORT.send(Calls.to(provider.port()));

        AttemptEnd.Answered end = (AttemptEnd.Answered) report.end();
        assertThat(end.answer().status()).isEqualTo(422);
        assertThat(end.answer().body()).isEqualTo("{\"error\":\"ü €\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(end.answer().headers()).anySatisfy(header -> {
            assertThat(header.name()).isEqualToIgnoringCase("X-Trace");
            assertThat(header.value()).isEqualTo("t-1");
        });
        assertThat(report.response().orElseThrow().body()).contains("{\"error\":\"ü €\"}");
        assertThat(report.url()).isEqualTo("http://provider.test:" + provider.port() + "/v1/messages");
        assertThat(report.request().body()).contains("{\"to\":\"+33600000000\"}");
    }

    @Test
    void a_megabyte_is_read_and_one_byte_more_is_not() {
        provider.next(Reply.json(200, "x".repeat(AnswerReader.MAX_BODY_BYTES)));
        provider.next(Reply.json(200, "x".repeat(AnswerReader.MAX_BODY_BYTES + 1)));

        AttemptEnd whole = TRANSPORT.send(Calls.to(provider.port())).end();
        ExchangeReport tooLarge = TRANSPORT.send(Calls.to(provider.port()));

        assertThat(whole)
                .isInstanceOfSatisfying(
                        AttemptEnd.Answered.class,
                        end -> assertThat(end.answer().body()).hasSize(AnswerReader.MAX_BODY_BYTES));
        assertThat(failure(tooLarge)).isEqualTo(CallErrorCode.RESPONSE_TOO_LARGE);
        assertThat(failed(tooLarge).headStatus()).hasValue(200);
    }

    @Test
    void a_connection_is_used_again_and_the_timings_tell() throws IOException {
        try (RawProvider raw = RawProvider.playing(RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport first = TRANSPORT.send(Calls.to(raw.port()));
            ExchangeReport second = TRANSPORT.send(Calls.to(raw.port()));

            assertThat(raw.accepted()).isEqualTo(1);
            assertThat(first.passage().connectionReused()).isFalse();
            assertThat(first.timings().connect()).isPresent();
            assertThat(second.passage().connectionReused()).isTrue();
            assertThat(second.timings().connect()).isEmpty();
            assertThat(second.timings().queued()).isPresent();
            assertThat(second.timings().firstByte()).isPresent();
            assertThat(first.timings().total())
                    .isGreaterThanOrEqualTo(first.timings().connect().orElseThrow());
        }
    }

    @Test
    void a_connection_is_never_shared_between_sandboxes() throws IOException {
        try (RawProvider raw = RawProvider.playing(RawProvider.answerAll(RawAnswers.OK))) {
            TRANSPORT.send(Calls.to(raw.port()).in("one"));
            ExchangeReport other = TRANSPORT.send(Calls.to(raw.port()).in("two"));

            assertThat(other.passage().connectionReused()).isFalse();
            assertThat(raw.accepted()).isEqualTo(2);
        }
    }

    @Test
    void another_attempt_goes_to_another_address() throws IOException {
        InetAddress unused = InetAddress.getByAddress(new byte[] {127, 9, 9, 9});
        List<InetAddress> addresses = List.of(unused, InetAddress.getLoopbackAddress());
        try (LoopbackTransport transport =
                new LoopbackTransport((sandbox, destination) -> CompletableFuture.completedFuture(addresses))) {
            Calls call = Calls.to(provider.port());

            assertThat(failure(LoopbackTransport.await(transport.start(call, 1).done())))
                    .isEqualTo(CallErrorCode.CONNECT);
            assertThat(LoopbackTransport.await(transport.start(call, 2).done()).end())
                    .isInstanceOf(AttemptEnd.Answered.class);
            assertThat(failure(LoopbackTransport.await(transport.start(call, 3).done())))
                    .isEqualTo(CallErrorCode.CONNECT);
        }
    }

    @Test
    void two_hundred_calls_at_once_all_get_their_own_answer() throws IOException {
        CountDownLatch all = new CountDownLatch(200);
        RawProvider.Script echo = connection -> {
            connection.readRequest();
            all.countDown();
            connection.write(RawAnswers.ok(awaitAll(all)));
        };
        try (RawProvider raw = RawProvider.playing(echo)) {
            List<CompletionStage<CallResult>> results = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                results.add(TRANSPORT.begin(Calls.to(raw.port()).key("key-" + call)));
            }

            assertThat(results)
                    .allSatisfy(result -> assertThat(
                                    LoopbackTransport.await(result).outcome().isSuccess())
                            .isTrue());
            assertThat(raw.accepted()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(raw.open()).isZero());
        }
    }

    private static String awaitAll(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return "{}";
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Test
    void a_closed_transport_sends_nothing() {
        LoopbackTransport transport = new LoopbackTransport();
        transport.send(Calls.to(provider.port()));
        transport.closeTransport();

        assertThat(failure(transport.send(Calls.to(provider.port())))).isEqualTo(CallErrorCode.INTERNAL);
        assertThat(failure(transport.send(Calls.to(provider.port()).in("another"))))
                .isEqualTo(CallErrorCode.INTERNAL);

        assertThat(provider.requests()).hasSize(1);
        transport.close();
    }

    private static AttemptEnd.Failed failed(ExchangeReport report) {
        assertThat(report.end()).isInstanceOf(AttemptEnd.Failed.class);
        return (AttemptEnd.Failed) report.end();
    }

    private static CallErrorCode failure(ExchangeReport report) {
        return failed(report).error().code();
    }
}
