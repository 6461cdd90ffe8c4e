package dev.onward.credential;

import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.egress.Destination;
import dev.onward.secret.SecretText;
import java.util.List;
import java.util.Optional;

/**
 * What the document of a credential says, its secrets opened. Immutable.
 *
 * @param tokenEndpoint where its secrets are sent, when a token is fetched with them
 * @param secrets every one of them, for masking
 */
public record CredentialDefinition(
        Authentication authentication,
        Optional<ClientIdentity> identity,
        Optional<Destination> tokenEndpoint,
        List<SecretText> secrets) {

    /** Of an action that proves nothing. */
    public static final CredentialDefinition NONE =
            new CredentialDefinition(new Authentication.None(), Optional.empty(), Optional.empty(), List.of());

    public CredentialDefinition {
        secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "CredentialDefinition[" + authentication.getClass().getSimpleName() + "]";
    }
}
