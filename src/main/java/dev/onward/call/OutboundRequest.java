package dev.onward.call;

import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import java.util.List;
import java.util.Optional;

/**
 * One fully rendered message, ready to be sent any number of times.
 *
 * @param headers checked by the header rules; without those that the transport sets itself
 *     ({@code Host}, {@code Content-Length}, {@code Idempotency-Key})
 * @param body the exact bytes; empty for none. Never changed after it was handed over
 */
public record OutboundRequest(HttpMethod method, Destination destination, List<Header> headers, Optional<byte[]> body) {

    public OutboundRequest {
        headers = List.copyOf(headers);
    }

    /** Scheme, host and port, all of them written: {@code https://sms.example.com:443}. */
    public String origin() {
        return destination.origin();
    }

    /** The URL, as the log shows it. */
    public String url() {
        return destination.url();
    }

    public String host() {
        return destination.host();
    }
}
