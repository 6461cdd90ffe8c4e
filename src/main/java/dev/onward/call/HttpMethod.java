package dev.onward.call;

/** The methods that an action may use. */
public enum HttpMethod {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Whether a request of this method may carry a payload; a GET may not. */
    public boolean allowsPayload() {
        return this != GET;
    }
}
