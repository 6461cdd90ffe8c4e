package dev.onward.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection in memory, whose time stands still until a test lets it pass. A line is a head. */
class HeadDeadlineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final EmbeddedChannel connection = new EmbeddedChannel(new HeadDeadline(TIMEOUT), new LineIsHead());

    {
        connection.freezeTime();
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void a_connection_that_says_nothing_is_closed() {
        EmbeddedChannel silent = new EmbeddedChannel();
        silent.freezeTime();
        silent.pipeline().addFirst(new HeadDeadline(TIMEOUT));
        pass(silent, 9_999);
        assertThat(silent.isOpen()).isTrue();
        pass(silent, 1);
        assertThat(silent.isOpen()).isFalse();
    }

    @Test
    void a_first_head_that_drips_is_closed() {
        for (int i = 0; i < 11 && connection.isOpen(); i++) {
            receive("x");
            pass(connection, 1_000);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_head_in_time_is_followed_by_all_the_patience_that_a_call_needs() {
        receive("GET / HTTP/1.1\n");
        pass(connection, 3_600_000);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_body_that_drips_is_not_its_business() {
        receive("POST / HTTP/1.1\n");
        for (int i = 0; i < 100; i++) {
            receive("x");
            pass(connection, 1_000);
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void an_idle_connection_may_rest_after_an_answer() {
        receive("GET / HTTP/1.1\n");
        deadline().answered(connection);
        pass(connection, 3_600_000);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void an_answer_given_at_once_leaves_no_timer_behind() {
        EmbeddedChannel quick = new EmbeddedChannel(new HeadDeadline(TIMEOUT), new AnswersAtOnce());
        quick.freezeTime();
        quick.writeInbound(text("GET / HTTP/1.1\n"));
        pass(quick, 3_600_000);
        assertThat(quick.isOpen()).isTrue();
    }

    @Test
    void a_second_head_that_drips_is_closed() {
        receive("GET / HTTP/1.1\n");
        deadline().answered(connection);
        pass(connection, 60_000);
        receive("G");
        pass(connection, 5_000);
        receive("E");
        pass(connection, 4_999);
        assertThat(connection.isOpen()).isTrue();
        pass(connection, 1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_second_head_in_time_stops_the_clock() {
        receive("GET / HTTP/1.1\n");
        deadline().answered(connection);
        receive("GET /");
        pass(connection, 9_000);
        receive(" HTTP/1.1\n");
        pass(connection, 3_600_000);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_head_that_comes_while_the_answer_before_is_awaited_does_not_start_the_clock() {
        receive("GET / HTTP/1.1\n");
        receive("GET");
        pass(connection, 60_000);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_head_that_came_early_and_stops_half_way_counts_from_the_answer_on() {
        receive("GET / HTTP/1.1\n");
        receive("GET");
        pass(connection, 60_000);
        deadline().answered(connection);
        pass(connection, 9_999);
        assertThat(connection.isOpen()).isTrue();
        pass(connection, 1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void a_body_in_pieces_is_no_head_that_came_early() {
        receive("POST / HTTP/1.1\n");
        receive("x");
        deadline().answered(connection);
        pass(connection, 3_600_000);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void a_connection_that_ends_leaves_no_timer_behind() {
        connection.finish();
        assertThat(connection.hasPendingTasks()).isFalse();
    }

    private HeadDeadline deadline() {
        return connection.attr(HeadDeadline.OF_CONNECTION).get();
    }

    private void receive(String text) {
        connection.writeInbound(text(text));
    }

    private static void pass(EmbeddedChannel connection, long millis) {
        connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** Stands in for decoder and application. */
    private static class LineIsHead extends ChannelInboundHandlerAdapter {

        private boolean inBody;

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ByteBuf text = (ByteBuf) bytes;
            String seen = text.toString(StandardCharsets.US_ASCII);
            text.release();
            if (seen.endsWith("\n") && !inBody) {
                inBody = seen.startsWith("POST");
                context.channel().attr(HeadDeadline.OF_CONNECTION).get().headRead(inBody);
            }
        }
    }

    private static final class AnswersAtOnce extends LineIsHead {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            super.channelRead(context, bytes);
            context.channel().attr(HeadDeadline.OF_CONNECTION).get().answered(context.channel());
        }
    }
}
