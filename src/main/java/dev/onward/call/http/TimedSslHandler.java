package dev.onward.call.http;

import dev.onward.call.Timer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** TLS on one connection; knows how long its handshake took. Used on the connection's event loop. */
final class TimedSslHandler extends SslHandler {

    private final Timer timer;
    private long begunAtNanos;
    private long endedAtNanos;

    TimedSslHandler(SSLEngine engine, Executor tasks, Timer timer) {
        super(engine, tasks);
        this.timer = timer;
        this.begunAtNanos = timer.nanoTime();
        handshakeFuture().addListener(ended -> endedAtNanos = timer.nanoTime());
    }

    /** The connection is open and the handshake begins; behind a proxy it was open before this handler came. */
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        begunAtNanos = timer.nanoTime();
        super.channelActive(context);
    }

    /** Zero while the handshake lasts. */
    Duration handshake() {
        return handshakeFuture().isSuccess() ? Duration.ofNanos(endedAtNanos - begunAtNanos) : Duration.ZERO;
    }
}
