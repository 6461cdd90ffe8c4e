package dev.onward.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that speaks exact bytes to a port of this machine. Used by one thread. */
public final class RawClient implements AutoCloseable {

    private static final int LONGEST_SILENCE_MILLIS = 20_000;

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
        return new RawClient(socket);
    }

    /** Writes text, one byte a character. That the other side has closed already is no fault. */
    public RawClient send(String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException closed) {
            // What it said before is what the test looks at.
        }
        return this;
    }

    /** Reads up to and with an answer's first body of JSON, by its last brace, so that the answer was given for sure. */
    public String untilAnswered() throws IOException {
        StringBuilder seen = new StringBuilder();
        InputStream in = socket.getInputStream();
        int open = 0;
        do {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection was closed after: " + seen);
            }
            seen.append((char) next);
            open += next == '{' ? 1 : next == '}' ? -1 : 0;
        } while (open > 0 || seen.charAt(seen.length() - 1) != '}');
        return seen.toString();
    }

    /** All that comes until the other side closes. */
    public String untilClosed() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] part = new byte[8_192];
        try {
            InputStream in = socket.getInputStream();
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                seen.write(part, 0, length);
            }
        } catch (SocketTimeoutException open) {
            throw new IOException("the connection is still open after: " + seen, open);
        } catch (SocketException reset) {
            // Closed all the same.
        }
        return seen.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
