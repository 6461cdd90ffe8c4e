package dev.onward.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server and hands bytes on, each connection on threads of its own. Listens on loopback,
 * on a free port. Thread-safe.
 */
class Relay implements AutoCloseable {

    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final Way way;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What happens on a connection that a client opened. */
    interface Way {

        /** Runs on the connection's thread; an exception closes it. */
        void accepted(Socket client) throws IOException;
    }

    /** What happens to bytes on their way. */
    interface Step {

        /** Called for every chunk. An exception closes both ends. */
        void pass(byte[] bytes, int length) throws IOException;
    }

    Relay(Way way) throws IOException {
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.way = way;
        daemon(this::accept);
    }

    final int port() {
        return listener.getLocalPort();
    }

    /** Closes every connection that is open now. */
    final void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public final void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            way.accepted(client);
        } catch (IOException otherSideLeft) {
            // What the client saw is what the test looks at.
        } finally {
            open.remove(client);
        }
    }

    /** Hands on what both sides say until one of them ends. */
    static void pump(Socket client, Socket server, Step answer) throws IOException {
        daemon(() -> {
            try (server) {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException otherSideLeft) {
                // The other direction ends too, for the server is closed.
            }
        });
        byte[] bytes = new byte[8 * 1024];
        InputStream in = server.getInputStream();
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            answer.pass(bytes, length);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
