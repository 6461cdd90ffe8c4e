package dev.onward.call.http;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How connections are made and kept.
 *
 * @param trust who may sign a provider's certificate; empty for the JVM's own list
 * @param tlsTimeout limit of one TLS handshake
 */
record ClientSettings(Optional<TrustOptions> trust, Duration tlsTimeout) {

    static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final int MAX_STATUS_LINE_BYTES = 4 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final Duration TLS_TIMEOUT = Duration.ofSeconds(3);

    /** Shorter than the 60 s and more after which common servers and proxies drop an idle connection. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /** As many as the process has calls in flight: a slow provider shall cost its callers time, never a place. */
    private static final int MAX_CONNECTIONS_PER_ADDRESS = 12_000;

    /** Connections for one request each are for the few whose kept one was stale. */
    private static final int MAX_SINGLE_CONNECTIONS = 1_000;

    private static final int MAX_WAITING_PER_ADDRESS = 1_000;

    /** The JVM's own list of authorities. */
    ClientSettings() {
        this(Optional.empty(), TLS_TIMEOUT);
    }

    /** Options of a client whose connections are kept and used again, or used once. */
    HttpClientOptions client(boolean keepAlive) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setKeepAlive(keepAlive)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setPipelining(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                .setDecompressionSupported(false)
                .setMaxRedirects(0)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        options.setSslHandshakeTimeout(tlsTimeout.toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        trust.ifPresent(options::setTrustOptions);
        return options;
    }

    PoolOptions pool(boolean keepAlive) {
        return new PoolOptions()
                .setHttp1MaxSize(keepAlive ? MAX_CONNECTIONS_PER_ADDRESS : MAX_SINGLE_CONNECTIONS)
                .setMaxWaitQueueSize(MAX_WAITING_PER_ADDRESS);
    }
}
