package dev.onward.call.http;

import dev.onward.call.CallRequest;
import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.call.TraceParent;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request in the form that Vert.x sends, checked as a whole before any connection is asked for: a header that broke
 * off half-way would leave a pooled connection unusable.
 *
 * @param headers all that go out, in order
 * @param fields the same for Vert.x, which copies them into every request
 * @param maxWaitMillis after which Vert.x forgets that somebody waits for a connection: when the attempt is over
 */
record RenderedRequest(
        io.vertx.core.http.HttpMethod method,
        Destination destination,
        List<Header> headers,
        MultiMap fields,
        Optional<Buffer> body,
        long maxWaitMillis) {

    /** The attempt's own deadline comes first: it has the better name. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    /** Set here and nowhere else: a second one would let a header decide where a request ends (RFC 9112 §6). */
    private static final List<String> OWN_HEADERS = List.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "idempotency-key",
            "traceparent");

    private static final Set<HttpMethod> WITH_LENGTH = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    /**
     * Renders a request.
     *
     * @throws IllegalArgumentException when it would not be one legal HTTP message; the message quotes no value
     */
    static RenderedRequest of(CallRequest request, TraceParent trace) {
        OutboundRequest message = request.message();
        int illegal = illegalCharacter(message.destination().target(), false);
        if (illegal >= 0) {
            throw notPrintable("the URL", illegal);
        }
        List<Header> headers = new ArrayList<>(message.headers().size() + 4);
        headers.add(new Header("Host", message.destination().authority()));
        for (Header header : message.headers()) {
            headers.add(checked(header));
        }
        headers.add(new Header("Idempotency-Key", structuredString(request.idempotencyKey())));
        headers.add(new Header("traceparent", trace.text()));
        int length = message.body().map(bytes -> bytes.length).orElse(0);
        if (length > 0 || WITH_LENGTH.contains(message.method())) {
            headers.add(new Header("Content-Length", Integer.toString(length)));
        }
        MultiMap fields = HttpHeaders.headers();
        headers.forEach(header -> fields.add(header.name(), header.value()));
        return new RenderedRequest(
                io.vertx.core.http.HttpMethod.valueOf(message.method().name()),
                message.destination(),
                List.copyOf(headers),
                fields,
                message.body().filter(bytes -> bytes.length > 0).map(Buffer::buffer),
                request.policy().attemptTimeout().plus(AFTERWARDS).toMillis());
    }

    private static Header checked(Header header) {
        for (String own : OWN_HEADERS) {
            if (own.equalsIgnoreCase(header.name())) {
                throw new IllegalArgumentException("the header '" + header.name() + "' is set by Onward itself");
            }
        }
        int illegal = illegalCharacter(header.value(), true);
        if (illegal >= 0) {
            throw notPrintable("the value of the header '" + header.name() + "'", illegal);
        }
        return header;
    }

    /** Where a character stands that is not printable ASCII; -1 when there is none. */
    private static int illegalCharacter(String text, boolean spaceAllowed) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean space = character == ' ' || character == '\t';
            if (character > '~' || (space && !spaceAllowed) || (character < ' ' && !space)) {
                return index;
            }
        }
        return -1;
    }

    private static IllegalArgumentException notPrintable(String what, int position) {
        return new IllegalArgumentException(
                what + " has an illegal character at position " + position + "; allowed is printable ASCII");
    }

    /** RFC 8941 §3.3.3. */
    private static String structuredString(String key) {
        return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Options of a request to the address, with the host's name in the Host header, in SNI and in the certificate. */
    RequestOptions to(InetAddress address) {
        return new RequestOptions()
                .setMethod(method)
                .setSsl(destination.scheme() == Scheme.HTTPS)
                .setServer(server(address))
                .setHost(destination.host())
                .setPort(destination.port())
                .setURI(destination.target())
                .setHeaders(fields)
                .setFollowRedirects(false)
                .setConnectTimeout(maxWaitMillis);
    }

    /** Made from the literal address, so that no name can be resolved a second time. */
    private SocketAddress server(InetAddress address) {
        return SocketAddress.inetSocketAddress(destination.port(), address.getHostAddress());
    }

    Future<Void> sendOn(HttpClientRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            nameAuthority(request);
        }
        return body.map(request::end).orElseGet(request::end);
    }

    /** In HTTP/2 the pseudo-header {@code :authority} stands for {@code Host} (RFC 9113 §8.3.1). */
    private void nameAuthority(HttpClientRequest request) {
        request.headers().remove(HttpHeaders.HOST);
        if (destination.host().indexOf(':') >= 0) {
            request.authority(HostAndPort.create('[' + destination.host() + ']', destination.port()));
        }
    }
}
