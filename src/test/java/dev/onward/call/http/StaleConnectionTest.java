package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Delivery;
import dev.onward.call.Departure;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import io.vertx.core.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StaleConnectionTest {

    private static final LoopbackTransport TRANSPORT = new LoopbackTransport();

    @AfterAll
    static void closeTransport() {
        TRANSPORT.close();
    }

    @Test
    void a_stale_connection_is_replaced_at_once_and_uncounted() throws IOException {
        try (RawProvider raw = RawProvider.playing(staleAfterOne(), RawProvider.answerAll(RawAnswers.OK))) {
            TRANSPORT.send(Calls.to(raw.port()));

            List<String> heard = new CopyOnWriteArrayList<>();
            ExchangeReport report = TRANSPORT.send(Calls.to(raw.port()), hearing(heard));

            assertThat(heard).containsExactly("departed", "repeats", "departed");
            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(report.passage().connectionReused()).isFalse();
            assertThat(raw.requests()).hasSize(3);
        }
    }

    @Test
    void a_stale_connection_is_replaced_only_once() throws IOException {
        try (RawProvider raw = RawProvider.playing(staleAfterOne(), connection -> connection.readRequest())) {
            TRANSPORT.send(Calls.to(raw.port()));

            ExchangeReport report = TRANSPORT.send(Calls.to(raw.port()));

            assertThat(failure(report)).isEqualTo(CallErrorCode.RESET);
            assertThat(failed(report).sent()).isTrue();
            assertThat(raw.requests()).hasSize(3);
        }
    }

    @Test
    void a_stale_connection_is_not_replaced_when_the_call_may_be_seen_once_at_most() throws IOException {
        try (RawProvider raw = RawProvider.playing(staleAfterOne(), RawProvider.answerAll(RawAnswers.OK))) {
            TRANSPORT.send(Calls.to(raw.port()));

            ExchangeReport report = TRANSPORT.send(Calls.to(raw.port()).delivery(Delivery.AT_MOST_ONCE));

            assertThat(failure(report)).isEqualTo(CallErrorCode.RESET);
            assertThat(failed(report).sent()).isTrue();
        }
    }

    @Test
    void what_is_open_on_a_kept_connection_when_the_transport_closes_ends_as_reset() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        RawProvider.Script open = connection -> {
            connection.readRequest();
            connection.write(RawAnswers.OK);
            connection.readRequest();
            asked.countDown();
            connection.awaitClose();
        };
        try (RawProvider raw = RawProvider.playing(open);
                LoopbackTransport transport = new LoopbackTransport()) {
            transport.send(Calls.to(raw.port()));
            Exchange second = transport.start(Calls.to(raw.port()));
            await(asked);
            transport.closeTransport();

            assertThat(failure(LoopbackTransport.await(second.done()))).isEqualTo(CallErrorCode.RESET);
            assertThat(raw.accepted()).isEqualTo(1);
        }
    }

    /** The loop of the connection hands it over to that of the call, and sees the close before that takes it. */
    @Test
    void a_connection_that_closes_while_it_is_handed_over_is_replaced_even_for_a_call_seen_once_at_most()
            throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch mayTake = new CountDownLatch(1);
        RawProvider.Script closing = connection -> {
            connection.readRequest();
            connection.write(RawAnswers.OK);
            await(asked);
            connection.finish();
            connection.awaitClose();
            closed.countDown();
        };
        try (RawProvider raw = RawProvider.playing(closing, RawProvider.answerAll(RawAnswers.OK))) {
            Context keeper = TRANSPORT.nextLoop();
            Context taker = TRANSPORT.nextLoop();
            LoopbackTransport.await(started(keeper, Calls.to(raw.port()), Departure.UNHEARD, () -> {}));
            List<String> heard = new CopyOnWriteArrayList<>();
            Calls once = Calls.to(raw.port()).delivery(Delivery.AT_MOST_ONCE);
            CompletableFuture<ExchangeReport> report = started(taker, once, hearing(heard), () -> {
                asked.countDown();
                await(mayTake);
            });
            await(closed);
            turn(keeper);
            turn(keeper);
            mayTake.countDown();

            assertThat(LoopbackTransport.await(report).end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(heard).containsExactly("repeats", "departed");
        }
    }

    /** Starts the call on the context, and does in the same turn what comes next. */
    private static CompletableFuture<ExchangeReport> started(
            Context context, Calls call, Departure departure, Runnable next) {
        CompletableFuture<ExchangeReport> report = new CompletableFuture<>();
        context.runOnContext(turn -> {
            TRANSPORT.start(call, departure).done().thenAccept(report::complete);
            next.run();
        });
        return report;
    }

    private static void turn(Context context) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        context.runOnContext(over::complete);
        LoopbackTransport.await(over);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Departure hearing(List<String> heard) {
        return new Departure() {
            @Override
            public void departed() {
                heard.add("departed");
            }

            @Override
            public void repeats() {
                heard.add("repeats");
            }
        };
    }

    private static RawProvider.Script staleAfterOne() {
        return connection -> {
            connection.readRequest();
            connection.write(RawAnswers.OK);
            connection.readRequest();
        };
    }

    private static CallErrorCode failure(ExchangeReport report) {
        return failed(report).error().code();
    }

    private static AttemptEnd.Failed failed(ExchangeReport report) {
        assertThat(report.end()).isInstanceOf(AttemptEnd.Failed.class);
        return (AttemptEnd.Failed) report.end();
    }
}
