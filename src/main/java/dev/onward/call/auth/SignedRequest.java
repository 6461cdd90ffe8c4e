package dev.onward.call.auth;

import dev.onward.call.AttemptRecord;
import dev.onward.call.OutboundRequest;
import dev.onward.secret.Masker;
import java.util.Optional;

/**
 * A request that may be sent.
 *
 * @param masker of everything in it that no log may show
 * @param token that it carries; empty when none was fetched
 * @param exchange with the token's endpoint, when this signing began it; redacted
 */
public record SignedRequest(
        OutboundRequest message, Masker masker, Optional<Token> token, Optional<AttemptRecord> exchange) {

    @Override
    public String toString() {
        return "SignedRequest[" + message.destination().host() + "]";
    }
}
