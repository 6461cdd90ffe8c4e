package dev.onward.call;

/**
 * How an attempt went out.
 *
 * @param connectionReused on a connection that had served another request
 * @param mutualTls with a client certificate to show, whether or not the provider asked for it
 * @param throughProxy and not directly
 * @param throttled a throttling is for its endpoint, whether or not it had to wait
 */
public record Passage(boolean connectionReused, boolean mutualTls, boolean throughProxy, boolean throttled) {

    /** On a new connection, and nothing else to tell. */
    public static final Passage PLAIN = new Passage(false, false, false, false);

    Passage throttled(boolean isThrottled) {
        return isThrottled == throttled ? this : new Passage(connectionReused, mutualTls, throughProxy, isThrottled);
    }
}
