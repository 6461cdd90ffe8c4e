package dev.onward.call;

import dev.onward.egress.Header;
import java.util.List;
import java.util.Optional;

/**
 * A request or an answer as the log shows it: already redacted and cut.
 *
 * @param headers secret ones masked
 * @param body text of at most 8 KiB, redacted; empty when there was none or bodies are not kept
 * @param bodyTruncated whether the body was longer
 */
public record CapturedMessage(List<Header> headers, Optional<String> body, boolean bodyTruncated) {

    public CapturedMessage {
        headers = List.copyOf(headers);
    }
}
