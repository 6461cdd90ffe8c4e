package dev.onward.credential;

import dev.onward.call.auth.Credential;
import dev.onward.egress.Destination;
import dev.onward.value.Issue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A named credential, ready to be used. Immutable.
 *
 * @param secretsSetAt when each secret was set, by JSON pointer
 */
public record NamedCredential(
        StoredCredential stored,
        Hosts hosts,
        Credential credential,
        Map<String, Instant> secretsSetAt,
        List<Issue> warnings) {

    public NamedCredential {
        secretsSetAt = Map.copyOf(secretsSetAt);
        warnings = List.copyOf(warnings);
    }

    public String name() {
        return stored.name();
    }

    /**
     * Refuses a destination that the credential is not bound to.
     *
     * @throws CredentialException when it is none of its hosts
     */
    public void requireFor(Destination destination) {
        if (!hosts.allow(destination)) {
            throw new CredentialException(
                    CredentialException.Reason.HOST_MISMATCH,
                    "the credential '" + name() + "' is bound to " + hosts.shown()
                            + ", and the endpoint's host is another: " + destination.authority());
        }
    }

    /** Whether the credential may be shown to a destination. */
    public boolean isFor(Destination destination) {
        return hosts.allow(destination);
    }
}
