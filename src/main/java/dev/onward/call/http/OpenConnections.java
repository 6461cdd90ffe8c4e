package dev.onward.call.http;

import dev.onward.call.Timer;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Knows of every open connection when it was opened and whether it has served a request. Thread-safe. */
final class OpenConnections {

    private final Map<HttpConnection, OpenConnection> open = new ConcurrentHashMap<>();
    private final Timer timer;

    OpenConnections(Timer timer) {
        this.timer = timer;
    }

    /** A new connection; called on its event loop before its first request. */
    void opened(HttpConnection connection) {
        open.put(connection, new OpenConnection(timer.nanoTime(), new AtomicBoolean()));
        connection.closeHandler(closed -> open.remove(connection));
        // The attempt that uses the connection tells what went wrong; without a handler Vert.x writes to its own log.
        connection.exceptionHandler(told -> {});
    }

    /** Takes note that a request goes out on the connection. */
    Use use(HttpConnection connection) {
        OpenConnection known = open.get(connection);
        return known == null
                ? new Use(false, Optional.empty())
                : new Use(known.used().getAndSet(true), Optional.of(known.openedAtNanos()));
    }

    int size() {
        return open.size();
    }

    private record OpenConnection(long openedAtNanos, AtomicBoolean used) {}

    /**
     * What a connection was when a request took it.
     *
     * @param reused whether it had served another request
     * @param openedAtNanos empty when it closed in this moment
     */
    record Use(boolean reused, Optional<Long> openedAtNanos) {}
}
