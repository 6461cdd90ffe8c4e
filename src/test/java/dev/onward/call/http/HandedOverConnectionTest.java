package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.TraceParent;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kept connection that closes between the pool, which hands it over on one thread, and its next request on another. */
class HandedOverConnectionTest {

    private static final int LOOPS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final VertxTimer timer = new VertxTimer(vertx);
    private final ClientSettings settings = new ClientSettings(Route.DIRECT, PATIENCE, timer);
    private final SandboxClients clients =
            new SandboxClients(vertx, settings, new OpenConnections(timer), AnswerRoom.ofHeap());
    private final HttpClient sharedByLoops =
            clients.client(ClientKind.CLEAR_TEXT, new Sandbox("prod"), Optional.empty());

    @AfterEach
    void close() {
        LoopbackTransport.await(vertx.close().toCompletionStage());
    }

    @Test
    void what_was_not_written_yet_was_not_processed() throws IOException {
        CountDownLatch handedOver = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch mayTake = new CountDownLatch(1);
        RawProvider.Script closing = connection -> {
            connection.readRequest();
            connection.write(RawAnswers.OK);
            await(handedOver);
            connection.finish();
            connection.awaitClose();
            closed.countDown();
        };
        try (RawProvider raw = RawProvider.playing(closing)) {
            Context keeper = ((VertxInternal) vertx).createEventLoopContext();
            Context taker = ((VertxInternal) vertx).createEventLoopContext();
            assertThat(LoopbackTransport.await(begun(keeper, raw, () -> {})).error())
                    .isEmpty();
            CompletableFuture<End> second = begun(taker, raw, () -> {
                handedOver.countDown();
                await(mayTake);
            });
            await(closed);
            turn(keeper);
            turn(keeper);
            mayTake.countDown();

            End end = LoopbackTransport.await(second);
            assertThat(end.error()).map(CallError::code).contains(CallErrorCode.CONNECT);
            assertThat(end.failed()).map(Sending::isUnprocessed).contains(true);
            assertThat(end.failed()).map(Sending::sent).contains(false);
        }
    }

    /** How a request ended; both are empty when it was answered. */
    private record End(Optional<Sending> failed, Optional<CallError> error) {}

    /** Begins a request on the context, and does in the same turn what comes next. */
    private CompletableFuture<End> begun(Context context, RawProvider raw, Runnable next) {
        CompletableFuture<End> end = new CompletableFuture<>();
        context.runOnContext(turn -> {
            CallRequest request = Calls.to(raw.port()).build();
            TraceParent trace = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "00");
            Sending.Listener listener = new Sending.Listener() {
                @Override
                public void departed() {
                    // Its end is waited for.
                }

                @Override
                public void answered(AnswerReader answer) {
                    // By the next turn the connection is back in its pool.
                    context.runOnContext(later -> end.complete(new End(Optional.empty(), Optional.empty())));
                }

                @Override
                public void failed(Sending failed, CallError error) {
                    end.complete(new End(Optional.of(failed), Optional.of(error)));
                }
            };
            new Sending(
                            RenderedRequest.of(request, trace),
                            InetAddress.getLoopbackAddress(),
                            clients,
                            new Stopwatch(timer),
                            listener)
                    .begin(sharedByLoops);
            next.run();
        });
        return end;
    }

    private static void turn(Context context) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        context.runOnContext(over::complete);
        LoopbackTransport.await(over);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
