package dev.onward.credential;

import dev.onward.secret.SecretText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an action's definition says of how it proves itself. Immutable.
 *
 * @param name of a named credential; then the rest of the authentication is there
 * @param inline what stands in the definition itself
 * @param headers constant headers whose values are secret
 * @param query constant query parameters whose values are secret
 */
public record CredentialUse(
        Optional<String> name,
        CredentialDefinition inline,
        Map<String, SecretText> headers,
        Map<String, SecretText> query) {

    /** Of an action that proves nothing. */
    public static final CredentialUse NONE =
            new CredentialUse(Optional.empty(), CredentialDefinition.NONE, Map.of(), Map.of());

    public CredentialUse {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** The same with secret constants. */
    public CredentialUse with(Map<String, SecretText> secretHeaders, Map<String, SecretText> secretQuery) {
        return new CredentialUse(name, inline, secretHeaders, secretQuery);
    }
}
