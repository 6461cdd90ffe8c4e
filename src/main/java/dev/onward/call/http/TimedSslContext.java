package dev.onward.call.http;

import dev.onward.call.Timer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** Another context whose handlers measure their handshake. Thread-safe as that one is. */
final class TimedSslContext extends SslContext {

    private final SslContext context;
    private final Timer timer;

    TimedSslContext(SslContext context, Timer timer) {
        this.context = context;
        this.timer = timer;
    }

    @Override
    public boolean isClient() {
        return context.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return context.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // The type's successor is deprecated alike, and Netty still asks for it.
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return context.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers) {
        return context.newEngine(buffers);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers, String host, int port) {
        return context.newEngine(buffers, host, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return context.sessionContext();
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator buffers, String host, int port, boolean startTls, Executor tasks) {
        return new TimedSslHandler(newEngine(buffers, host, port), tasks, timer);
    }
}
