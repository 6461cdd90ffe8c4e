package dev.onward.egress;

/**
 * A URL that passed the one parser of the house; only that parser makes one from text.
 *
 * @param scheme http or https
 * @param host lower case: an A-label DNS name, a canonical dotted quad, or an IPv6 address without its brackets
 * @param port 1 to 65,535, the scheme's default when the URL names none
 * @param path begins with a slash; percent-encoded
 * @param query without the question mark, percent-encoded; empty when there is none
 */
public record Destination(Scheme scheme, String host, int port, String path, String query) {

    /** The request target in origin form (RFC 9112 §3.2.1). */
    public String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Host and port as the {@code Host} header shows them: the port only when it is not the default. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == scheme.defaultPort() ? name : name + ":" + port;
    }

    /** The whole URL. */
    public String url() {
        return scheme.wireName() + "://" + authority() + target();
    }

    /** Scheme, host and port, the port also when it is the default: {@code https://sms.example.com:443}. */
    public String origin() {
        return scheme.wireName() + "://" + host + ":" + port;
    }

    /** Whether both have one scheme, host and port (RFC 6454 §5). */
    public boolean isSameOrigin(Destination other) {
        return scheme == other.scheme && host.equals(other.host) && port == other.port;
    }

    public Destination withPathAndQuery(String newPath, String newQuery) {
        return new Destination(scheme, host, port, newPath, newQuery);
    }
}
