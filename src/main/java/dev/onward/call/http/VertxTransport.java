package dev.onward.call.http;

import dev.onward.call.CallRequest;
import dev.onward.call.Departure;
import dev.onward.call.Exchange;
import dev.onward.call.Timer;
import dev.onward.call.Transport;
import dev.onward.egress.AddressResolver;
import io.vertx.core.Vertx;

/**
 * Sends attempts with Vert.x: over HTTP/2 where a provider chooses it in the TLS handshake, else over HTTP/1.1. Every
 * attempt asks the resolver first and connects to an address that it gave, never to a name; pools are not shared between
 * sandboxes. It closes its connections with {@link #close()}; attempts that are open then end as reset. Thread-safe.
 */
public final class VertxTransport implements Transport, AutoCloseable {

    private final Vertx vertx;
    private final AddressResolver resolver;
    private final Timer timer;
    private final Tracing tracing;
    private final SandboxClients clients;

    /**
     * A transport.
     *
     * @param vertx stays open
     * @param timer only for measuring
     */
    public VertxTransport(Vertx vertx, AddressResolver resolver, Timer timer, Route route, Tracing tracing) {
        this(
                vertx,
                resolver,
                timer,
                new ClientSettings(route, ClientSettings.TLS_TIMEOUT, timer, ClientSettings.MAX_CONNECTING),
                tracing,
                AnswerRoom.ofHeap());
    }

    VertxTransport(
            Vertx vertx,
            AddressResolver resolver,
            Timer timer,
            ClientSettings settings,
            Tracing tracing,
            AnswerRoom answerRoom) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.timer = timer;
        this.tracing = tracing;
        this.clients = new SandboxClients(vertx, settings, new OpenConnections(timer), answerRoom);
    }

    @Override
    public Exchange send(CallRequest request, int number, Departure departure) {
        HttpExchange exchange = new HttpExchange(
                request,
                departure,
                clients,
                new Stopwatch(timer),
                tracing.begin(request, number),
                vertx.getOrCreateContext());
        exchange.begin(resolver, number);
        return exchange;
    }

    public Route route() {
        return clients.route();
    }

    @Override
    public void close() {
        clients.close();
    }
}
