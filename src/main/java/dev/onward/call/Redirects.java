package dev.onward.call;

/** Which redirects of a provider a call follows. */
public enum Redirects {
    /** None: a 3xx is a failure. */
    NONE("none"),
    /** 301, 302, 303, 307 and 308 that stay on scheme, host and port. */
    SAME_ORIGIN("same-origin"),
    /** 302 alone, to any origin but from https to http; another origin gets neither credentials nor a body. */
    AJO("ajo");

    private final String wireName;

    Redirects(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
