package dev.onward.listener;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Tells each connection's {@link HeadDeadline} of its requests. Thread-safe. */
@ApplicationScoped
class HeadWatch {

    /** Before everything that may answer. */
    private static final int FIRST_OF_ALL = 30_000;

    private final ListenerConfig config;

    HeadWatch(ListenerConfig config) {
        this.config = config;
    }

    /** Netty asks for its extensions only when told so, and once: when the first socket is made, after this. */
    void enable(@Observes @Priority(1) StartupEvent event) {
        Duration timeout = config.headTimeout().orElse(ListenerConfig.DEFAULT_HEAD_TIMEOUT);
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "onward.listener.head-timeout must be at least a millisecond, found " + timeout);
        }
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, FIRST_OF_ALL);
    }

    private void watch(RoutingContext exchange) {
        if (exchange.request().connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            HeadDeadline deadline = channel.attr(HeadDeadline.OF_CONNECTION).get();
            if (deadline != null) {
                deadline.headRead(announcesBody(exchange.request()));
                // A connection of HTTP/2 carries bytes that belong to no request: after the first it is left alone.
                if (exchange.request().version() != HttpVersion.HTTP_2) {
                    exchange.addEndHandler(ended -> answered(deadline, channel));
                }
            }
        }
        exchange.next();
    }

    private static boolean announcesBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private static void answered(HeadDeadline deadline, Channel connection) {
        EventLoop home = connection.eventLoop();
        if (home.inEventLoop()) {
            deadline.answered(connection);
        } else {
            home.execute(() -> deadline.answered(connection));
        }
    }
}
