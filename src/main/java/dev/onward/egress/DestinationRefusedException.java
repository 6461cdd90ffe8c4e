package dev.onward.egress;

/**
 * The destination may not be called. The message is the same whatever the reason, so that nobody can map a network with
 * it; the reason is for the operator's log only.
 */
public final class DestinationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A refusal of {@code host}.
     *
     * @param reason for the operator's log; never shown to a client
     */
    public DestinationRefusedException(String host, String reason) {
        super("the host '" + host + "' is not a public address; an operator can allow it with onward.egress.allow");
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
