package dev.onward.call.http;

import dev.onward.call.Timer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.SSLException;

/** Tells Vert.x to use the JDK's TLS with handlers that measure their handshake. */
final class TimedSslEngine extends JdkSSLEngineOptions {

    private final Timer timer;

    TimedSslEngine(Timer timer) {
        this.timer = timer;
    }

    @Override
    public TimedSslEngine copy() {
        return new TimedSslEngine(timer);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.JDK, false) {
            @Override
            public SslContext create() throws SSLException {
                return new TimedSslContext(super.create(), timer);
            }
        };
    }
}
