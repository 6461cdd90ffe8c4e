package dev.onward.call.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.sandbox.Sandbox;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of each event loop, sandbox and certificate that is shown, so that no connection serves two of them. A
 * connection that one loop handed to another could close in between, and each hand-over would wake a thread. A client that
 * was not used for a while is closed. Thread-safe.
 */
final class SandboxClients {

    private static final Duration IDLE = Duration.ofHours(1);

    private final Vertx vertx;
    private final ClientSettings settings;
    private final OpenConnections connections;
    private final AnswerRoom answerRoom;
    private final Cache<Use, HttpClient> clients = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .removalListener(SandboxClients::removed)
            .build();
    private volatile boolean closed;

    private record Use(EventLoop loop, ClientKind kind, Sandbox sandbox, Optional<String> identity) {}

    SandboxClients(Vertx vertx, ClientSettings settings, OpenConnections connections, AnswerRoom answerRoom) {
        this.vertx = vertx;
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
        if (closed) {
            throw new IllegalStateException("the clients are closed");
        }
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        return clients.get(
                new Use(loop, kind, sandbox, identity.map(ClientIdentity::key)), absent -> create(kind, identity));
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
                .with(settings.pool(kind))
                .withConnectHandler(connections::opened)
                .build();
    }

    void close() {
        closed = true;
        clients.asMap().values().forEach(HttpClient::close);
    }
}
