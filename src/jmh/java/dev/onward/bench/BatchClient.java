package dev.onward.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Sends one batch over a plain socket, so that the client costs the machine next to nothing, and counts its answers. */
final class BatchClient {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final int port;
    private final String key;

    BatchClient(int port, String key) {
        this.port = port;
        this.key = key;
    }

    /**
     * Sends the lines and reads until the answer ends.
     *
     * @param line of the request, with its line feed
     * @return how many answers said that the call succeeded
     */
    int send(String action, int concurrency, byte[] line, int lines) {
        String path = "/api/v1/actions/" + action + "/invocations?concurrency=" + concurrency;
        return send(path, "\"outcome\":\"succeeded\"", line, lines);
    }

    /**
     * Sends the lines to be accepted and reads until the answer ends.
     *
     * @param line of the request, with its line feed
     * @return how many were accepted
     */
    int accept(String action, byte[] line, int lines) {
        return send("/api/v1/actions/" + action + "/calls", "\"callIds\":[", line, lines);
    }

    private int send(String path, String mark, byte[] line, int lines) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> upload(socket, path, line, lines), task -> new Thread(task).start());
            int counted = count(socket.getInputStream(), mark.getBytes(StandardCharsets.US_ASCII));
            sent.join();
            return counted;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void upload(Socket socket, String path, byte[] line, int lines) {
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
            long length = (long) line.length * lines;
            out.write(("POST " + path + " HTTP/1.1\r\n"
                            + "Host: localhost\r\nAuthorization: Bearer " + key + "\r\nConnection: close\r\n"
                            + "Content-Type: application/x-ndjson\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < lines; i++) {
                out.write(line);
            }
            out.flush();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Chunk borders may cut a line, never these bytes often enough to matter: each line carries the mark once. */
    private static int count(InputStream answers, byte[] mark) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int matched = 0;
        int count = 0;
        for (int read = answers.read(buffer); read >= 0; read = answers.read(buffer)) {
            for (int i = 0; i < read; i++) {
                matched = buffer[i] == mark[matched] ? matched + 1 : buffer[i] == mark[0] ? 1 : 0;
                if (matched == mark.length) {
                    count++;
                    matched = 0;
                }
            }
        }
        return count;
    }
}
