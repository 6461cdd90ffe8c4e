package dev.onward.call.http;

import dev.onward.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Two HTTP clients for each sandbox, so that no connection serves two sandboxes. Thread-safe. */
final class SandboxClients {

    private final Vertx vertx;
    private final ClientSettings settings;
    private final OpenConnections connections;
    private final Map<Sandbox, HttpClient> keeping = new ConcurrentHashMap<>();
    private final Map<Sandbox, HttpClient> fresh = new ConcurrentHashMap<>();

    SandboxClients(Vertx vertx, ClientSettings settings, OpenConnections connections) {
        this.vertx = vertx;
        this.settings = settings;
        this.connections = connections;
    }

    /** Uses a connection that is open, else opens one, and keeps it afterwards. */
    HttpClient keeping(Sandbox sandbox) {
        return keeping.computeIfAbsent(sandbox, name -> create(true));
    }

    /** Opens a connection for every request and closes it afterwards: Vert.x cannot be told to pass its pool by. */
    HttpClient fresh(Sandbox sandbox) {
        return fresh.computeIfAbsent(sandbox, name -> create(false));
    }

    OpenConnections connections() {
        return connections;
    }

    private HttpClient create(boolean keepAlive) {
        return vertx.httpClientBuilder()
                .with(settings.client(keepAlive))
                .with(settings.pool(keepAlive))
                .withConnectHandler(connections::opened)
                .build();
    }

    void close() {
        keeping.values().forEach(HttpClient::close);
        fresh.values().forEach(HttpClient::close);
    }
}
