package dev.onward.call.http;

import dev.onward.call.CallEngine;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.call.Departure;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Timer;
import dev.onward.egress.AddressResolver;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The real transport, which finds every host at the loopback address, and an engine around it. */
final class LoopbackTransport implements AutoCloseable {

    /** Long enough for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final VertxTimer timer = new VertxTimer(vertx);
    private final VertxTransport transport;
    private final CallEngine engine;

    LoopbackTransport() {
        this((sandbox, destination) -> loopback());
    }

    LoopbackTransport(AddressResolver resolver) {
        this(resolver, Route.DIRECT);
    }

    LoopbackTransport(Route route) {
        this((sandbox, destination) -> loopback(), route);
    }

    LoopbackTransport(AddressResolver resolver, Route route) {
        this(resolver, route, AnswerRoom.ofHeap());
    }

    LoopbackTransport(AddressResolver resolver, Route route, AnswerRoom answerRoom) {
        this.transport = transport(
                resolver, new ClientSettings(route, PATIENCE, timer, ClientSettings.MAX_CONNECTING), answerRoom);
        this.engine = Engines.of(transport, timer, Clock.systemUTC(), new Random());
    }

    /** @param slices ends the turns of calls that ask for a connection */
    LoopbackTransport(int maxConnecting, Timer slices) {
        this.transport = transport(
                (sandbox, destination) -> loopback(),
                new ClientSettings(Route.DIRECT, PATIENCE, slices, maxConnecting),
                AnswerRoom.ofHeap());
        this.engine = Engines.of(transport, timer, Clock.systemUTC(), new Random());
    }

    private VertxTransport transport(AddressResolver resolver, ClientSettings settings, AnswerRoom answerRoom) {
        return new VertxTransport(vertx, resolver, timer, settings, new TraceIds(new Random()), answerRoom);
    }

    static CompletionStage<List<InetAddress>> loopback() {
        return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
    }

    /** A context on an event loop; two taken in a row are on different ones. */
    Context nextLoop() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /** One attempt, to its end. */
    ExchangeReport send(Calls call) {
        return await(start(call).done());
    }

    Exchange start(Calls call) {
        return start(call, 1);
    }

    Exchange start(Calls call, int number) {
        return start(call.build(), number);
    }

    Exchange start(CallRequest call, int number) {
        return transport.send(call, number, Departure.UNHEARD);
    }

    /** One attempt, whose departure is heard. */
    Exchange start(Calls call, Departure departure) {
        return transport.send(call.build(), 1, departure);
    }

    /** One attempt, to its end, whose departure is heard. */
    ExchangeReport send(Calls call, Departure departure) {
        return await(start(call, departure).done());
    }

    /** One attempt that is cancelled at once. */
    ExchangeReport cancelled(Calls call) {
        Exchange exchange = start(call);
        exchange.cancel(new CallError(CallErrorCode.ATTEMPT_TIMEOUT, "for the test"));
        return await(exchange.done());
    }

    /** A whole call, with its deadlines. */
    CallResult call(Calls call) {
        return await(Engines.call(engine, call.build()));
    }

    CompletionStage<CallResult> begin(Calls call) {
        return Engines.call(engine, call.build());
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void closeTransport() {
        transport.close();
    }

    @Override
    public void close() {
        transport.close();
        await(vertx.close().toCompletionStage());
    }
}
