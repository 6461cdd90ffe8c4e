package dev.onward.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A provider that speaks exact bytes: each connection it accepts plays the next script, the last one again and again.
 * A script ends its connection by returning. Listens on loopback, on a free port. Thread-safe.
 */
public final class RawProvider implements AutoCloseable {

    /** What one connection does. */
    public interface Script {

        /** Plays on the connection; an exception means that the other side went away. */
        void play(RawConnection connection) throws IOException;
    }

    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private RawProvider(ServerSocketFactory sockets, List<Script> scripts) throws IOException {
        this.listener = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.scripts = List.copyOf(scripts);
        daemon(this::accept);
    }

    /** A provider in clear text. */
    public static RawProvider playing(Script... scripts) throws IOException {
        return new RawProvider(ServerSocketFactory.getDefault(), List.of(scripts));
    }

    /** A provider on sockets of another kind, such as TLS ones. */
    public static RawProvider playing(ServerSocketFactory sockets, Script... scripts) throws IOException {
        return new RawProvider(sockets, List.of(scripts));
    }

    /** A script that reads one request, writes these bytes and closes. */
    public static Script answer(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
        };
    }

    /** A script that answers every request of its connection with these bytes. */
    public static Script answerAll(String bytes) {
        return connection -> {
            while (connection.readRequest()) {
                connection.write(bytes);
            }
        };
    }

    /** A script that reads one request and then waits until the other side closes. */
    public static Script silence() {
        return connection -> {
            connection.readRequest();
            connection.awaitClose();
        };
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections came so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int open() {
        return open.size();
    }

    /** Every request so far, head and body as they came, one character a byte. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Script script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
                daemon(() -> play(socket, script));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Socket socket, Script script) {
        try (socket) {
            script.play(new RawConnection(socket, requests::add));
        } catch (IOException otherSideLeft) {
            // What the other side saw is what the test looks at.
        } finally {
            open.remove(socket);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-provider");
        thread.setDaemon(true);
        thread.start();
    }
}
