package dev.onward.call.http;

import dev.onward.testsupport.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HTTP/2 in frames (RFC 9113 §4), seen from the provider, on one raw connection. Used by one thread. */
final class Http2Frames {

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private static final int PREFACE_BYTES = 24;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;
    private static final int MAX_CONCURRENT_STREAMS = 3;

    /** Index 8 of the static table of RFC 7541: {@code :status: 200}. */
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final RawConnection connection;

    Http2Frames(RawConnection connection) {
        this.connection = connection;
    }

    /** One frame as it came. */
    record Frame(int type, int flags, int stream, byte[] payload) {}

    /** Reads the preface and tells settings that allow any number of streams. */
    Http2Frames greet() throws IOException {
        connection.read(PREFACE_BYTES);
        write(SETTINGS, 0, 0, new byte[0]);
        return this;
    }

    Http2Frames greet(int maxConcurrentStreams) throws IOException {
        connection.read(PREFACE_BYTES);
        write(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort((short) MAX_CONCURRENT_STREAMS)
                        .putInt(maxConcurrentStreams)
                        .array());
        return this;
    }

    /** The stream of the next request, once its end came; settings and pings are acknowledged on the way. */
    int request() throws IOException {
        while (true) {
            Frame frame = read();
            boolean ends = (frame.flags() & END_STREAM) != 0;
            if ((frame.type() == HEADERS || frame.type() == DATA) && ends) {
                return frame.stream();
            }
        }
    }

    /** The fields of the next request, a line each. */
    String head() throws IOException {
        Frame frame = read();
        while (frame.type() != HEADERS) {
            frame = read();
        }
        boolean prioritised = (frame.flags() & PRIORITY) != 0;
        byte[] block = Arrays.copyOfRange(frame.payload(), prioritised ? 5 : 0, frame.payload().length);
        return HpackText.of(block);
    }

    /** The code with which the other side resets a stream next. */
    int reset() throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type() == RST_STREAM) {
                return ByteBuffer.wrap(frame.payload()).getInt();
            }
        }
    }

    Frame read() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(connection.read(9));
        int length = head.getShort() << 8 & 0xFFFF00 | head.get() & 0xFF;
        Frame frame = new Frame(head.get(), head.get(), head.getInt() & Integer.MAX_VALUE, connection.read(length));
        if (frame.type() == SETTINGS && (frame.flags() & ACK) == 0) {
            write(SETTINGS, ACK, 0, new byte[0]);
        }
        if (frame.type() == PING && (frame.flags() & ACK) == 0) {
            write(PING, ACK, 0, frame.payload());
        }
        return frame;
    }

    /** A whole answer. */
    void answer(int stream, String body) throws IOException {
        head(stream);
        write(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The head of an answer with status 200; the body is to come. */
    void head(int stream) throws IOException {
        write(HEADERS, END_HEADERS, stream, STATUS_200);
    }

    /** The head of an answer with a field of this length. */
    void head(int stream, String name, int valueBytes) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(STATUS_200);
        block.write(0);
        text(block, name);
        text(block, "x".repeat(valueBytes));
        fragments(stream, block.toByteArray());
    }

    private void fragments(int stream, byte[] block) throws IOException {
        int fragment = 16_384;
        for (int from = 0; from < block.length; from += fragment) {
            int to = Math.min(block.length, from + fragment);
            int type = from == 0 ? HEADERS : 9;
            write(
                    type,
                    to == block.length ? END_HEADERS : 0,
                    stream,
                    ByteBuffer.allocate(to - from).put(block, from, to - from).array());
        }
    }

    /** A literal without Huffman coding, its length an integer with a prefix of 7 bits (RFC 7541 §5). */
    private static void text(ByteArrayOutputStream block, String text) {
        int rest = text.length();
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            rest -= 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The head of an answer, its fields coded as these bytes. */
    void block(int stream, byte... coded) throws IOException {
        write(HEADERS, END_HEADERS, stream, coded);
    }

    /** Data as fast as the other side takes it, until it resets the stream. */
    void flood(int stream) throws IOException {
        byte[] part = new byte[16_384];
        int window = 65_535;
        while (true) {
            while (window < part.length) {
                Frame frame = read();
                if (frame.type() == WINDOW_UPDATE && frame.stream() == stream) {
                    window += ByteBuffer.wrap(frame.payload()).getInt();
                }
                if (frame.type() == RST_STREAM) {
                    return;
                }
            }
            data(stream, part);
            window -= part.length;
        }
    }

    void data(int stream, byte[] part) throws IOException {
        write(DATA, 0, stream, part);
    }

    void reset(int stream, int code) throws IOException {
        write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    void goAway(int lastStream, int code) throws IOException {
        write(
                GOAWAY,
                0,
                0,
                ByteBuffer.allocate(8).putInt(lastStream).putInt(code).array());
    }

    /** A frame of any kind, legal or not. */
    void write(int type, int flags, int stream, byte[] payload) throws IOException {
        connection.write(ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    /** Writes the same many times, with a pause between, for half a second at least. */
    void drip(Step step) throws IOException {
        for (int count = 0; count < 100; count++) {
            step.take();
            connection.pause(5);
        }
    }

    /** One thing to write. */
    interface Step {
        void take() throws IOException;
    }

    /** Answers every request until the other side closes. */
    void answerAll(String body) throws IOException {
        while (true) {
            answer(request(), body);
        }
    }
}
