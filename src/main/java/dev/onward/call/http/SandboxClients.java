package dev.onward.call.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of each sandbox and each certificate that is shown, so that no connection serves two of them. One with
 * a certificate that was not used for a while is closed. Thread-safe.
 */
final class SandboxClients {

    private static final Duration IDLE = Duration.ofHours(1);

    private final Vertx vertx;
    private final ClientSettings settings;
    private final OpenConnections connections;
    private final ConnectQueue connectQueue;
    private final AnswerRoom answerRoom;
    private final Map<Use, HttpClient> clients = new ConcurrentHashMap<>();
    private final Cache<IdentifiedUse, HttpClient> identified = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .removalListener(SandboxClients::removed)
            .build();
    private volatile boolean closed;

    private record Use(ClientKind kind, Sandbox sandbox) {}

    private record IdentifiedUse(ClientKind kind, Sandbox sandbox, String identity) {}

    SandboxClients(Vertx vertx, ClientSettings settings, OpenConnections connections, AnswerRoom answerRoom) {
        this.vertx = vertx;
        this.settings = settings;
        this.connections = connections;
        this.connectQueue = new ConnectQueue(settings.maxConnecting(), settings.timer());
        this.answerRoom = answerRoom;
    }

    /**
     * The client for such calls.
     *
     * @param identity that the call shows in the TLS handshake
     * @throws IllegalStateException when they are closed
     */
    HttpClient client(ClientKind kind, Sandbox sandbox, Optional<ClientIdentity> identity) {
        if (closed) {
            throw new IllegalStateException("the clients are closed");
        }
        if (identity.isEmpty()) {
            return clients.computeIfAbsent(new Use(kind, sandbox), use -> create(use.kind(), identity));
        }
        IdentifiedUse use = new IdentifiedUse(kind, sandbox, identity.get().key());
        return identified.get(use, absent -> create(kind, identity));
    }

    private static void removed(@Nullable IdentifiedUse use, @Nullable HttpClient client, RemovalCause cause) {
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

    /** For the connections of all sandboxes. */
    ConnectQueue connectQueue() {
        return connectQueue;
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

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        clients.values().forEach(HttpClient::close);
        identified.asMap().values().forEach(HttpClient::close);
    }
}
