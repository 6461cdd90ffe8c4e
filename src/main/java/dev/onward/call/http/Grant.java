package dev.onward.call.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A request that Vert.x granted, with the connection on which it goes out. It must be sent, given back or closed, or its
 * place in the connection is lost. Not thread-safe: it is used on one context.
 */
final class Grant {

    /** Of HTTP/2 (RFC 9113 §7); HTTP/1.1 knows no codes. */
    private static final long CANCEL = 8;

    private final HttpClientRequest request;
    private final OpenConnections connections;
    private final OpenConnection connection;

    Grant(HttpClientRequest request, OpenConnections connections) {
        this.request = request;
        this.connections = connections;
        this.connection = connections.get(request.connection());
        // Vert.x writes to its own log what nobody handles; the failed answer tells the same.
        request.exceptionHandler(told -> {});
    }

    HttpClientRequest request() {
        return request;
    }

    OpenConnection connection() {
        return connection;
    }

    /** Whether the connection's other end is this one. */
    boolean leadsTo(InetAddress address, int port) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        return new InetSocketAddress(address, port).equals(channel.remoteAddress());
    }

    /** Whether the request is a stream of an HTTP/2 connection. */
    boolean isMultiplexed() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** Whether the peer goes away and has told that it stopped before this request's stream, which was opened. */
    boolean isPassedBy() {
        return isMultiplexed() && connection.passedBy(request.streamId());
    }

    /** Ends a request that was sent: its stream, or its HTTP/1.1 connection. */
    void reset() {
        request.reset(CANCEL);
    }

    /** Ends a request that has no stream: Vert.x never frees its place in an HTTP/2 connection. */
    void giveBack() {
        reset();
        if (isMultiplexed()) {
            connections.retire(request.connection());
        }
    }

    void closeConnection() {
        request.connection().close();
    }
}
