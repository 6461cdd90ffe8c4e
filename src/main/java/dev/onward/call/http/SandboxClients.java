package dev.onward.call.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.sandbox.Sandbox;
import io.netty.channel.EventLoop;
import io.netty.channel.MultithreadEventLoopGroup;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of each event loop, sandbox and certificate that is shown, so that no connection serves two of them. A
 * hand-over of a connection from loop to loop would wake a thread for every step of a call. A client that was not used for
 * a while is closed. Thread-safe.
 */
final class SandboxClients {

    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final int loops;
    private final ClientSettings settings;
    private final OpenConnections connections;
    private final AnswerRoom answerRoom;
    private final Cache<Use, HttpClient> clients = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            // Asked for every attempt, it would wake another thread for its own housekeeping.
            .executor(Runnable::run)
            .removalListener(SandboxClients::removed)
            .build();
    private volatile boolean closed;

    private record Use(EventLoop loop, ClientKind kind, Sandbox sandbox, Optional<String> identity) {}

    SandboxClients(Vertx vertx, ClientSettings settings, OpenConnections connections, AnswerRoom answerRoom) {
        this.vertx = vertx;
        this.loops = ((MultithreadEventLoopGroup) ((VertxInternal) vertx).getEventLoopGroup()).executorCount();
        this.settings = settings;
        this.connections = connections;
        this.answerRoom = answerRoom;
    }

    /**
     * The client of a context's event loop; to be used on that context.
     *
     * @param identity that the call shows in the TLS handshake
     * @throws IllegalStateException when they are closed
     */
    HttpClient client(Context context, ClientKind kind, Sandbox sandbox, Optional<ClientIdentity> identity) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        HttpClient client = clients.get(
                new Use(loop, kind, sandbox, identity.map(ClientIdentity::key)), absent -> create(kind, identity));
        if (closed) {
            // It may have been made after those that there were had been closed.
            client.close();
            throw new IllegalStateException("the clients are closed");
        }
        return client;
    }

    private static void removed(@Nullable Use use, @Nullable HttpClient client, RemovalCause cause) {
        if (client != null) {
            client.close();
        }
    }

    Route route() {
        return settings.route();
    }

    /** For the answers of all sandboxes. */
    AnswerRoom answerRoom() {
        return answerRoom;
    }

    OpenConnections connections() {
        return connections;
    }

    private HttpClient create(ClientKind kind, Optional<ClientIdentity> identity) {
        return vertx.httpClientBuilder()
                .with(settings.client(kind, identity))
                .with(settings.pool(kind, loops))
                .withConnectHandler(connections::opened)
                .build();
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        clients.asMap().values().forEach(HttpClient::close);
    }
}
