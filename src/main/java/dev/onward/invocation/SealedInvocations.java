package dev.onward.invocation;

import dev.onward.call.CallId;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretException;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Seals what an invocation asked for, so that it can be kept after its call and run again. Thread-safe. */
@ApplicationScoped
public class SealedInvocations {

    private static final Logger LOG = Logger.getLogger(SealedInvocations.class);

    private final Secrets secrets;

    public SealedInvocations(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Seals an invocation.
     *
     * @param document JSON text
     */
    public String seal(Sandbox sandbox, CallId callId, String document) {
        return secrets.seal(sandbox, owner(callId), SecretText.of(document));
    }

    /** The document again; empty when its key is gone, or it was changed. */
    public Optional<String> open(Sandbox sandbox, CallId callId, String sealed) {
        try {
            return Optional.of(secrets.unseal(sandbox, owner(callId), sealed).reveal());
        } catch (SecretException lost) {
            LOG.warnf("the invocation of call %s cannot be opened: %s", callId, lost.getMessage());
            return Optional.empty();
        }
    }

    private static String owner(CallId callId) {
        return "invocation " + callId;
    }
}
