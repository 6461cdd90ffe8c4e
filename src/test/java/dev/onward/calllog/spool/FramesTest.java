package dev.onward.calllog.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = "second row".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_segment_cut_at_any_byte_gives_only_its_whole_rows() {
        byte[] segment = segment();
        for (int length = 0; length < segment.length; length++) {
            int whole = length < Frames.sizeOf(FIRST) ? 0 : 1;
            assertThat(Frames.read(ByteBuffer.wrap(segment, 0, length)))
                    .as("cut after %d bytes", length)
                    .hasSize(whole);
        }
    }

    @Test
    void a_damaged_row_ends_the_reading() {
        byte[] segment = segment();
        segment[segment.length - 1] ^= 1;
        assertThat(Frames.read(ByteBuffer.wrap(segment))).containsExactly(FIRST);
    }

    @Test
    void zeros_that_a_file_system_left_behind_are_no_rows() {
        byte[] segment = Arrays.copyOf(segment(), segment().length + 4096);
        assertThat(Frames.read(ByteBuffer.wrap(segment))).containsExactly(FIRST, SECOND);
    }

    @Test
    void an_absurd_length_is_not_believed() {
        ByteBuffer absurd = ByteBuffer.allocate(64).putInt(Integer.MAX_VALUE).rewind();
        assertThat(Frames.read(absurd)).isEmpty();
    }

    private static byte[] segment() {
        ByteBuffer segment = ByteBuffer.allocate(Frames.sizeOf(FIRST) + Frames.sizeOf(SECOND));
        List.of(FIRST, SECOND).forEach(row -> Frames.put(row, segment));
        return segment.array();
    }
}
