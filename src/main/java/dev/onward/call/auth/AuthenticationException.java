package dev.onward.call.auth;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import java.util.Optional;
import java.util.concurrent.CompletionException;

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

    /**
     * The reason why a signing failed.
     *
     * @throws RuntimeException when it was a bug
     */
    public static AuthenticationException of(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof AuthenticationException refused) {
            return refused;
        }
        throw cause instanceof RuntimeException bug ? bug : new CompletionException(cause);
    }

    public CallError error() {
        return error;
    }

    /** With the token's endpoint, as far as it came; redacted. */
    public Optional<AttemptRecord> exchange() {
        return exchange;
    }
}
