package dev.onward.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy that notes what it is asked for. It speaks {@code CONNECT} or SOCKS5. Thread-safe. */
public final class TestProxy implements AutoCloseable {

    private final Relay relay;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private TestProxy(Way way) throws IOException {
        this.relay = new Relay(client -> way.serve(this, client));
    }

    private interface Way {
        void serve(TestProxy proxy, Socket client) throws IOException;
    }

    /** An HTTP proxy; what it is asked for is the whole head of each request. */
    public static TestProxy http() throws IOException {
        return new TestProxy(TestProxy::connect);
    }

    /** An HTTP proxy that answers everything with this status line. */
    public static TestProxy refusing(String statusLine) throws IOException {
        return new TestProxy((proxy, client) -> {
            proxy.asked.add(head(client.getInputStream()));
            write(client, statusLine + "\r\nContent-Length: 0\r\n\r\n");
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    /** A SOCKS5 proxy without log-in (RFC 1928); what it is asked for is {@code <address type> <address>:<port>}. */
    public static TestProxy socks5() throws IOException {
        return new TestProxy(TestProxy::socks);
    }

    public int port() {
        return relay.port();
    }

    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }

    private void connect(Socket client) throws IOException {
        String head = head(client.getInputStream());
        asked.add(head);
        String target = head.substring("CONNECT ".length(), head.indexOf(" HTTP/1.1"));
        int colon = target.lastIndexOf(':');
        tunnel(
                client,
                InetAddress.getByName(target.substring(0, colon)),
                Integer.parseInt(target.substring(colon + 1)),
                "HTTP/1.1 200 Connection established\r\n\r\n");
    }

    private void socks(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        in.readNBytes(1);
        in.readNBytes(in.read());
        write(client, "\u0005\u0000");
        in.readNBytes(3);
        int type = in.read();
        InetAddress address = InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16));
        int port = in.read() << 8 | in.read();
        asked.add(type + " " + address.getHostAddress() + ":" + port);
        tunnel(client, address, port, "\u0005\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000");
    }

    private static void tunnel(Socket client, InetAddress address, int port, String answer) throws IOException {
        try (Socket server = new Socket(address, port)) {
            write(client, answer);
            Relay.pump(client, server, (bytes, length) -> {
                client.getOutputStream().write(bytes, 0, length);
                client.getOutputStream().flush();
            });
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client closed");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }
}
