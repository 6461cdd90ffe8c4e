package dev.onward.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that takes too long over the head of a request: from the connection to the end of the first head,
 * and after an answer from the next byte to the end of the next head. The server's own timeouts begin again with every
 * byte, so that a head could drip for ever. Bytes of a next head that come early, before the answer, count from the
 * answer on. In one piece with the head before them, or after one that announced a body, they cannot be told apart: if
 * nothing follows, the connection counts as idle.
 *
 * <p>It sees bytes, not requests: the application tells it when a head was read and when the answer was given. Used by
 * the connection's event loop only.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    /** Where a connection keeps its own. */
    static final AttributeKey<HeadDeadline> OF_CONNECTION = AttributeKey.valueOf("onward.head-deadline");

    private final Duration timeout;
    private int heads;
    private int underWay;
    private boolean bodyAnnounced;
    private boolean early;
    private @Nullable Future<?> timer;

    HeadDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().attr(OF_CONNECTION).set(this);
        if (context.channel().isActive()) {
            start(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        start(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        int before = heads;
        context.fireChannelRead(bytes);
        // Most heads come in one piece: they never need a timer.
        if (heads == before) {
            if (underWay == 0) {
                start(context);
            } else if (!bodyAnnounced) {
                early = true;
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    /** The head of a request was read, which announced a body or none. */
    void headRead(boolean announcesBody) {
        heads++;
        underWay++;
        bodyAnnounced = announcesBody;
        early = false;
        stop();
    }

    /** A request of the connection was answered. */
    void answered(Channel connection) {
        underWay--;
        ChannelHandlerContext context = connection.pipeline().context(this);
        if (underWay == 0 && early && context != null) {
            start(context);
        }
    }

    private void start(ChannelHandlerContext context) {
        if (timer == null) {
            Runnable end = () -> end(context);
            timer = context.executor().schedule(end, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Nobody waits for the end of the connection. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void end(ChannelHandlerContext context) {
        context.close();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
