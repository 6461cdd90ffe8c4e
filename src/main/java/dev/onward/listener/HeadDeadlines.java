package dev.onward.listener;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives every connection that the server accepts its {@link HeadDeadline}. Netty finds it as a service: neither Vert.x
 * nor Quarkus lets anybody near a connection before its first request. Thread-safe.
 */
public final class HeadDeadlines extends ChannelInitializerExtension {

    private final Duration timeout;

    public HeadDeadlines() {
        this.timeout = ConfigProvider.getConfig()
                .getOptionalValue("onward.listener.head-timeout", Duration.class)
                .orElse(ListenerConfig.DEFAULT_HEAD_TIMEOUT);
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new HeadDeadline(timeout));
    }
}
