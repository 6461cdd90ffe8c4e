package dev.onward.call.http;

import dev.onward.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP clients of each sandbox, so that no connection serves two sandboxes. Thread-safe. */
final class SandboxClients {

    private final Vertx vertx;
    private final ClientSettings settings;
    private final OpenConnections connections;
    private final AnswerRoom answerRoom;
    private final Map<Use, HttpClient> clients = new ConcurrentHashMap<>();

    private record Use(ClientKind kind, Sandbox sandbox) {}

    SandboxClients(Vertx vertx, ClientSettings settings, OpenConnections connections, AnswerRoom answerRoom) {
        this.vertx = vertx;
        this.settings = settings;
        this.connections = connections;
        this.answerRoom = answerRoom;
    }

    HttpClient client(ClientKind kind, Sandbox sandbox) {
        return clients.computeIfAbsent(new Use(kind, sandbox), use -> create(use.kind()));
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

    private HttpClient create(ClientKind kind) {
        return vertx.httpClientBuilder()
                .with(settings.client(kind))
                .with(settings.pool(kind))
                .withConnectHandler(connections::opened)
                .build();
    }

    void close() {
        clients.values().forEach(HttpClient::close);
    }
}
