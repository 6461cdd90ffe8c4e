package dev.onward.egress;

/** The schemes that a call can use. */
public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443);

    private final String wireName;
    private final int defaultPort;

    Scheme(String wireName, int defaultPort) {
        this.wireName = wireName;
        this.defaultPort = defaultPort;
    }

    public String wireName() {
        return wireName;
    }

    public int defaultPort() {
        return defaultPort;
    }
}
