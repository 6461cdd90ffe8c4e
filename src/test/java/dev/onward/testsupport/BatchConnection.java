package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One batch over a socket: lines can be sent and answers read in any order, as no ready client allows. The body goes out
 * in chunks (RFC 9112 §7.1). A read fails after ten seconds without a byte. Not thread-safe, but one thread may send
 * while another reads.
 */
public final class BatchConnection implements Closeable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private boolean headRead;
    private String head = "";
    private long chunkLeft;
    private boolean over;

    private BatchConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends the head of a request.
     *
     * @param headers whole lines of it, each with its line end
     */
    public static BatchConnection open(int port, String target, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        BatchConnection connection = new BatchConnection(socket);
        connection.write(
                "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n");
        return connection;
    }

    /** Sends text as one chunk, its line feed added. */
    public BatchConnection line(String text) throws IOException {
        return text(text + "\n");
    }

    /** Sends text as one chunk. */
    public BatchConnection text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        return this;
    }

    /** Ends the request's body. */
    public BatchConnection end() throws IOException {
        write("0\r\n\r\n");
        return this;
    }

    /** Ends the connection's sending half without an end of the body. */
    public void breakOff() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether anything of the answer has come. */
    public boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** The head of the answer. */
    public String head() throws IOException {
        if (!headRead) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (!bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                bytes.write(readByte());
            }
            head = bytes.toString(StandardCharsets.US_ASCII);
            headRead = true;
        }
        return head;
    }

    /** The next line of the answer. */
    public JsonNode answer() throws IOException {
        head();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = readOfBody(); next != '\n'; next = readOfBody()) {
            if (next < 0) {
                throw new IOException("the answer has ended; at last it said " + line);
            }
            line.write(next);
        }
        return StrictJson.read(line.toByteArray());
    }

    /** All lines until the answer's regular end. */
    public List<JsonNode> answers() throws IOException {
        head();
        List<JsonNode> answers = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = readOfBody(); next >= 0; next = readOfBody()) {
            if (next == '\n') {
                answers.add(StrictJson.read(line.toByteArray()));
                line.reset();
            } else {
                line.write(next);
            }
        }
        return answers;
    }

    /** The answer of a known length, as one document. */
    public JsonNode body() throws IOException {
        return StrictJson.read(rest().getBytes(StandardCharsets.UTF_8));
    }

    /** The answer of a known length, as text. */
    public String rest() throws IOException {
        return new String(in.readNBytes(contentLength()), StandardCharsets.UTF_8);
    }

    private int contentLength() throws IOException {
        return head().lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("the answer has no length: " + head));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** -1 at the end of the last chunk. */
    private int readOfBody() throws IOException {
        if (over) {
            return -1;
        }
        if (chunkLeft == 0) {
            chunkLeft = Long.parseLong(readLine(), 16);
            if (chunkLeft == 0) {
                over = true;
                return -1;
            }
        }
        int next = readByte();
        chunkLeft--;
        if (chunkLeft == 0) {
            readLine();
        }
        return next;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = readByte(); next != '\n'; next = readByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private int readByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("the connection was closed in the middle of the answer");
        }
        return next;
    }
}
