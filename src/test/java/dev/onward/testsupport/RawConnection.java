package dev.onward.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a {@link RawProvider}, seen from the provider. Used by one thread. */
public final class RawConnection {

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Socket socket;
    private final InputStream in;
    private final Consumer<String> requests;

    RawConnection(Socket socket, Consumer<String> requests) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.requests = requests;
    }

    /** Reads one request whole; false when the other side closed instead. */
    public boolean readRequest() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsHead(head)) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = CONTENT_LENGTH.matcher(text);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        requests.accept(text + new String(body, StandardCharsets.ISO_8859_1));
        return true;
    }

    private static boolean endsHead(ByteArrayOutputStream head) {
        return head.size() >= 4 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n");
    }

    /** Reads exactly so many bytes; throws when the other side closed before. */
    public byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the other side closed");
        }
        return bytes;
    }

    /** Writes text, one byte a character. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Writes the same again and again, until the other side closes: then it throws. */
    public void flood(byte[] bytes) throws IOException {
        while (true) {
            write(bytes);
        }
    }

    /** Writes the same again and again with a pause between, until the other side closes: then it throws. */
    public void drip(String text, long pauseMillis) throws IOException {
        while (true) {
            write(text);
            pause(pauseMillis);
        }
    }

    /** Waits a moment between two writes. */
    public void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    /** Waits until the other side closes. */
    public void awaitClose() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Closes its own side of the connection: what the other side writes can still be read. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes so that the other side sees a reset instead of an end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
