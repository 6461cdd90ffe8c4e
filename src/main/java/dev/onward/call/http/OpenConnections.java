package dev.onward.call.http;

import dev.onward.call.Timer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Knows every open connection. Thread-safe. */
final class OpenConnections {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final long LONGEST_CALL_SECONDS = 30;

    private final Map<HttpConnection, OpenConnection> open = new ConcurrentHashMap<>();
    private final Timer timer;

    OpenConnections(Timer timer) {
        this.timer = timer;
    }

    /** A new connection; called on its event loop before its first request. */
    void opened(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        OpenConnection known = new OpenConnection(timer.nanoTime(), handshake(pipeline));
        open.put(connection, known);
        connection.closeHandler(closed -> open.remove(connection));
        // The attempt that uses the connection tells what went wrong; without a handler Vert.x writes to its own log.
        connection.exceptionHandler(told -> {});
        if (pipeline.get(Http2ConnectionHandler.class) != null) {
            connection.goAwayHandler(goAway -> known.goesAway(goAway.getLastStreamId()));
        }
    }

    private static Duration handshake(ChannelPipeline pipeline) {
        TimedSslHandler tls = pipeline.get(TimedSslHandler.class);
        return tls == null ? Duration.ZERO : tls.handshake();
    }

    /** The connection's facts; those of a new one when it closed in this moment. */
    OpenConnection get(HttpConnection connection) {
        OpenConnection known = open.get(connection);
        return known == null ? new OpenConnection(timer.nanoTime(), Duration.ZERO) : known;
    }

    /**
     * Lets the connection serve those that have a place in it and take nobody new. Those who were given their place at
     * the same time as the one that was lost get a moment to use it.
     */
    void retire(HttpConnection connection) {
        if (get(connection).retire()) {
            timer.schedule(GRACE, () -> connection.shutdown(LONGEST_CALL_SECONDS, TimeUnit.SECONDS));
        }
    }

    int size() {
        return open.size();
    }
}
