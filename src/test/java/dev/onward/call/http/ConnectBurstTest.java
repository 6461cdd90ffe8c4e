package dev.onward.call.http;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.RawConnection;
import dev.onward.testsupport.RawProvider;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many calls at once to a provider that accepts connections and does not go on with the TLS handshake yet. */
class ConnectBurstTest {

    private static final int MAX_CONNECTING = 2;

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final FakeTimer slices = new FakeTimer();
    private RawProvider provider;
    private LoopbackTransport transport;

    @BeforeEach
    void start() throws Exception {
        provider = RawProvider.playing(this::hold);
        transport = new LoopbackTransport(MAX_CONNECTING, slices);
    }

    @AfterEach
    void stop() throws Exception {
        released.complete(null);
        transport.close();
        provider.close();
    }

    private void hold(RawConnection connection) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        released.join();
        open.decrementAndGet();
    }

    @Test
    void no_more_connections_are_opened_at_once_than_allowed_and_every_call_has_its_turn() throws Exception {
        List<Exchange> calls = startHanging(5);
        try (Socket lastInTheAcceptQueue = new Socket(InetAddress.getLoopbackAddress(), provider.port())) {
            await().until(() -> lastInTheAcceptQueue.isConnected() && open.get() > MAX_CONNECTING);
            int accepted = provider.accepted();
            released.complete(null);

            assertThat(codes(calls)).hasSize(5).containsOnly(CallErrorCode.TLS_HANDSHAKE);
            assertThat(accepted).isEqualTo(MAX_CONNECTING + 1);
            assertThat(mostOpen.get()).isEqualTo(MAX_CONNECTING + 1);
            assertThat(provider.accepted()).isEqualTo(5 + 1);
        }
    }

    @Test
    void a_call_that_ends_while_it_waits_for_its_turn_opens_nothing_and_leaves_its_turn_to_the_next() {
        List<Exchange> hanging = startHanging(MAX_CONNECTING);
        Exchange gaveUp = transport.start(call());
        gaveUp.cancel(new CallError(CallErrorCode.ATTEMPT_TIMEOUT, "for the test"));
        ExchangeReport report = LoopbackTransport.await(gaveUp.done());
        Exchange next = transport.start(call());
        released.complete(null);

        assertThat(codes(hanging)).containsOnly(CallErrorCode.TLS_HANDSHAKE);
        assertThat(codes(List.of(next))).containsOnly(CallErrorCode.TLS_HANDSHAKE);
        assertThat(code(report)).isEqualTo(CallErrorCode.ATTEMPT_TIMEOUT);
        assertThat(provider.accepted()).isEqualTo(3);
    }

    @Test
    void connections_that_hang_hold_up_the_other_calls_for_a_slice_only() {
        List<Exchange> calls = startHanging(3);
        await().until(() -> slices.waiting() == 1);
        slices.advance(ConnectQueue.SLICE);
        await().until(() -> provider.accepted() == 3);
        released.complete(null);

        assertThat(codes(calls)).hasSize(3).containsOnly(CallErrorCode.TLS_HANDSHAKE);
    }

    @Test
    void a_host_whose_connections_hang_holds_up_no_other_at_the_same_address() {
        List<Exchange> hanging = startHanging(3);
        Exchange other =
                transport.start(Calls.to(new Destination(Scheme.HTTPS, "other.test", provider.port(), "/", "")));
        await().until(() -> provider.accepted() == MAX_CONNECTING + 1);
        released.complete(null);

        assertThat(codes(List.of(other))).containsOnly(CallErrorCode.TLS_HANDSHAKE);
        assertThat(codes(hanging)).containsOnly(CallErrorCode.TLS_HANDSHAKE);
    }

    @Test
    void a_call_that_waits_for_its_turn_when_the_transport_closes_ends_as_reset() {
        List<Exchange> hanging = startHanging(MAX_CONNECTING);
        Exchange waiting = transport.start(call());
        await().until(() -> slices.waiting() == 1);
        transport.closeTransport();
        released.complete(null);

        assertThat(codes(List.of(waiting))).containsOnly(CallErrorCode.RESET);
        hanging.forEach(call -> LoopbackTransport.await(call.done()));
    }

    /** Starts calls of which as many connect as may, and go no further. */
    private List<Exchange> startHanging(int calls) {
        List<Exchange> started = IntStream.range(0, calls)
                .mapToObj(call -> transport.start(call()))
                .toList();
        await().until(() -> provider.accepted() == MAX_CONNECTING);
        return started;
    }

    private static List<CallErrorCode> codes(List<Exchange> calls) {
        return calls.stream()
                .map(call -> code(LoopbackTransport.await(call.done())))
                .toList();
    }

    private static CallErrorCode code(ExchangeReport report) {
        return ((AttemptEnd.Failed) report.end()).error().code();
    }

    private Calls call() {
        return Calls.to(new Destination(Scheme.HTTPS, "provider.test", provider.port(), "/", ""));
    }
}
