package dev.onward.invocation;

import dev.onward.call.CallId;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretException;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
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

    /** The keys under which nothing is sealed any more, but may have been. */
    public Set<String> olderKeys() {
        return secrets.olderKeys();
    }

    /** The same under the key that seals now; empty when it was changed, so that nobody can open it. */
    public Optional<String> reseal(Sandbox sandbox, CallId callId, String sealed) {
        try {
            return Optional.of(secrets.reseal(sandbox, owner(callId), sealed));
        } catch (SecretException damaged) {
            LOG.errorf("the invocation of call %s cannot be opened, it is forgotten: %s", callId, damaged.getMessage());
            return Optional.empty();
        }
    }

    private static String owner(CallId callId) {
        return "invocation " + callId;
    }
}
