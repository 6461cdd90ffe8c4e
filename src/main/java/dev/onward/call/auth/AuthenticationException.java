package dev.onward.call.auth;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import java.util.Optional;

/** A request that cannot be signed: it is not sent. */
public final class AuthenticationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CallError error;
    private final transient Optional<AttemptRecord> exchange;

    AuthenticationException(CallError error, Optional<AttemptRecord> exchange) {
        super(error.message(), null, false, false);
        this.error = error;
        this.exchange = exchange;
    }

    public CallError error() {
        return error;
    }

    /** With the token's endpoint, as far as it came; redacted. */
    public Optional<AttemptRecord> exchange() {
        return exchange;
    }
}
