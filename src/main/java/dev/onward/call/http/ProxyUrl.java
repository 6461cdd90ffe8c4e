package dev.onward.call.http;

import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration's URL of a proxy. */
final class ProxyUrl {

    private static final Map<String, ProxyType> TYPES = Map.of("http", ProxyType.HTTP, "socks5", ProxyType.SOCKS5);

    /** Limit of the proxy's own answer, behind which a connection to the provider stands. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_PORT = 65_535;

    private ProxyUrl() {}

    /**
     * Reads {@code http://[user:password@]host:port} or the same with {@code socks5}.
     *
     * @throws IllegalArgumentException when it is something else; the message does not show it, for it may hold a
     *     password
     */
    static ProxyOptions parse(String text) {
        return read(text)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "onward.egress.proxy is no URL of a proxy (not shown, for"
                                        + " it may hold a password); allowed is http://[user:password@]host:port or"
                                        + " socks5://[user:password@]host:port, special characters of the password percent-encoded"));
    }

    private static Optional<ProxyOptions> read(String text) {
        try {
            URI url = new URI(text);
            return isComplete(url) ? Optional.of(options(url)) : Optional.empty();
        } catch (URISyntaxException illegal) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(URI url) {
        return url.getScheme() != null
                && TYPES.containsKey(url.getScheme())
                && url.getHost() != null
                && url.getPort() > 0
                && url.getPort() <= MAX_PORT
                && (url.getPath().isEmpty() || url.getPath().equals("/"))
                && url.getQuery() == null
                && url.getFragment() == null
                && (url.getUserInfo() == null || url.getUserInfo().indexOf(':') > 0);
    }

    private static ProxyOptions options(URI url) {
        String host = url.getHost();
        ProxyOptions options = new ProxyOptions()
                .setType(TYPES.get(url.getScheme()))
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(url.getPort())
                .setConnectTimeout(ANSWER_TIMEOUT);
        String login = url.getUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            options.setUsername(login.substring(0, colon)).setPassword(login.substring(colon + 1));
        }
        return options;
    }
}
