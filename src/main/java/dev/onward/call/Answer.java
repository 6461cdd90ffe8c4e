package dev.onward.call;

import dev.onward.egress.Header;
import java.util.List;

/**
 * A complete answer of a provider. Its bytes are untrusted.
 *
 * @param status 200 to 999
 * @param body empty array for none; at most the size cap
 */
public record Answer(int status, List<Header> headers, byte[] body) {

    public Answer {
        headers = List.copyOf(headers);
    }
}
