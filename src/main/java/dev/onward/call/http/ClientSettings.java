package dev.onward.call.http;

import dev.onward.call.Timer;
import dev.onward.call.auth.ClientIdentity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How connections are made and kept.
 *
 * @param route through whom calls go, and who may sign a provider's certificate
 * @param tlsTimeout limit of one TLS handshake
 * @param timer measures handshakes, and ends the turns of calls that ask for a connection
 * @param maxConnecting how many calls may ask one pool for a connection at once
 */
record ClientSettings(Route route, Duration tlsTimeout, Timer timer, int maxConnecting) {

    static final int MAX_HEADER_BYTES = 16 * 1024;

    static final Duration TLS_TIMEOUT = Duration.ofSeconds(3);

    /** The accept queues of common servers hold 511 to 4,096 connections, and are for others too. */
    static final int MAX_CONNECTING = 256;

    private static final int MAX_STATUS_LINE_BYTES = 4 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    /** Shorter than the 60 s and more after which common servers and proxies drop an idle connection. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /**
     * Longer than any attempt waits for a byte. It closes what no attempt owns: a connection whose peer speaks TLS and
     * then never sends its HTTP/2 settings.
     */
    private static final int SILENCE_SECONDS = 40;

    /** As many as the process has calls in flight: a slow provider shall cost its callers time, never a place. */
    private static final int MAX_CONNECTIONS_PER_ADDRESS = 12_000;

    /** Providers commonly allow 100 or more; more in one connection would wait for one another's bytes. */
    private static final int MAX_STREAMS_PER_CONNECTION = 100;

    /**
     * Twice what the calls in flight need at {@link #MAX_STREAMS_PER_CONNECTION}, for providers that allow fewer. As
     * many TLS handshakes with one address are under way at a time; the other calls wait for their end.
     */
    private static final int MAX_HTTP2_CONNECTIONS_PER_ADDRESS = 240;

    /** Of one HTTP/2 connection, so that it is no slower than its streams are alone. */
    private static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;

    /** Connections for one request each are for the few whose kept one was stale. */
    private static final int MAX_SINGLE_CONNECTIONS = 1_000;

    /** All that may be in flight: none of them is refused for others that wait. */
    private static final int MAX_WAITING_PER_ADDRESS = 12_000;

    /** @param identity shown to providers that ask for a certificate */
    HttpClientOptions client(ClientKind kind, Optional<ClientIdentity> identity) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setKeepAlive(kind != ClientKind.SINGLE_USE)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                .setDecompressionSupported(false)
                .setMaxRedirects(0)
                // Attempts have spans of their own; Vert.x's would tell the URL.
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        options.setSslEngineOptions(new TimedSslEngine(timer))
                .setSslHandshakeTimeout(tlsTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        route.trust().ifPresent(options::setTrustOptions);
        route.proxy().ifPresent(options::setProxyOptions);
        identity.ifPresent(shown -> options.setKeyCertOptions(new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(shown.certificate()))
                .addKeyValue(Buffer.buffer(shown.privateKey().reveal()))));
        return kind == ClientKind.TLS ? negotiated(options) : options;
    }

    private static HttpClientOptions negotiated(HttpClientOptions options) {
        return options.setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setHttp2MultiplexingLimit(MAX_STREAMS_PER_CONNECTION)
                .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(MAX_HEADER_BYTES))
                .setIdleTimeout(SILENCE_SECONDS);
    }

    PoolOptions pool(ClientKind kind) {
        return new PoolOptions()
                .setHttp1MaxSize(kind == ClientKind.SINGLE_USE ? MAX_SINGLE_CONNECTIONS : MAX_CONNECTIONS_PER_ADDRESS)
                .setHttp2MaxSize(kind == ClientKind.TLS ? MAX_HTTP2_CONNECTIONS_PER_ADDRESS : 1)
                .setMaxWaitQueueSize(MAX_WAITING_PER_ADDRESS);
    }
}
