package dev.onward.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The way to a provider on this machine, and what may go wrong on it. Thread-safe. */
public final class FaultyNetwork implements AutoCloseable {

    /** What the network does to an answer on its way back. */
    public interface Fault {

        /** Hands a chunk on, or does not. An exception closes the connection. */
        void pass(Socket client, byte[] bytes, int length) throws IOException;

        /** Called when the provider has closed, before the network closes too. */
        default void atEnd() {}
    }

    /** Nothing goes wrong. */
    public static final Fault NONE = (client, bytes, length) -> write(client, bytes, 0, length);

    private final int provider;
    private final Relay relay;
    private volatile Fault fault = NONE;
    private volatile boolean down;

    /** A way to the provider at this port. */
    public FaultyNetwork(int provider) throws IOException {
        this.provider = provider;
        this.relay = new Relay(this::connect);
    }

    /** Every chunk comes late. */
    public static Fault latency(long millis) {
        return (client, bytes, length) -> {
            pause(millis);
            write(client, bytes, 0, length);
        };
    }

    /** The end of a connection comes late. */
    public static Fault slowClose(long millis) {
        return new Fault() {
            @Override
            public void pass(Socket client, byte[] bytes, int length) throws IOException {
                write(client, bytes, 0, length);
            }

            @Override
            public void atEnd() {
                pause(millis);
            }
        };
    }

    /** Bytes come one by one, with a pause between. */
    public static Fault slices(long pauseMillis) {
        return (client, bytes, length) -> {
            for (int index = 0; index < length; index++) {
                write(client, bytes, index, 1);
                pause(pauseMillis);
            }
        };
    }

    /** The connection ends after so many bytes of answers. */
    public static Fault limit(int maxBytes) {
        AtomicInteger left = new AtomicInteger(maxBytes);
        return (client, bytes, length) -> {
            int allowed = Math.min(length, left.getAndAdd(-length));
            write(client, bytes, 0, Math.max(0, allowed));
            if (allowed < length) {
                throw new IOException("the limit is reached");
            }
        };
    }

    /** The connection is reset instead of an answer. */
    public static Fault reset() {
        return (client, bytes, length) -> {
            client.setSoLinger(true, 0);
            throw new IOException("reset");
        };
    }

    public int port() {
        return relay.port();
    }

    /** From now on this goes wrong, on connections that are open too. */
    public void set(Fault newFault) {
        fault = newFault;
    }

    /** Connections end at once, those that are open and those that come. */
    public void takeDown() throws IOException {
        down = true;
        relay.cut();
    }

    /** Everything works again. */
    public void restore() {
        fault = NONE;
        down = false;
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }

    private void connect(Socket client) throws IOException {
        if (down) {
            return;
        }
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), provider)) {
            Relay.pump(client, server, (bytes, length) -> fault.pass(client, bytes, length));
            fault.atEnd();
        }
    }

    private static void write(Socket client, byte[] bytes, int from, int length) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes, from, length);
        out.flush();
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
