package dev.onward.call.auth;

import dev.onward.call.CallError;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call proves itself with, its secrets opened. Immutable.
 *
 * @param key names it and the version of its secrets: tokens are kept under it, per sandbox
 * @param headers further headers whose values are secret, by name
 * @param query further query parameters whose values are secret, by name
 * @param identity shown in the TLS handshake
 * @param unusable why no request can be signed; then none is sent
 * @param masker of all its secrets
 * @param fresh whether a token must be fetched for the call, whatever is kept
 */
public record Credential(
        String key,
        Authentication authentication,
        Map<String, SecretText> headers,
        Map<String, SecretText> query,
        Optional<ClientIdentity> identity,
        Optional<CallError> unusable,
        Masker masker,
        boolean fresh) {

    /** Of an action that proves nothing. */
    public static final Credential NONE = new Credential(
            "", new Authentication.None(), Map.of(), Map.of(), Optional.empty(), Optional.empty(), Masker.NONE, false);

    /** Whether requests go out as they are. */
    public boolean isNone() {
        return authentication instanceof Authentication.None
                && headers.isEmpty()
                && query.isEmpty()
                && unusable.isEmpty();
    }

    /** The same with further secret headers and query parameters. */
    public Credential with(Map<String, SecretText> moreHeaders, Map<String, SecretText> moreQuery) {
        List<SecretText> more = new ArrayList<>(moreHeaders.values());
        more.addAll(moreQuery.values());
        return new Credential(
                key, authentication, moreHeaders, moreQuery, identity, unusable, masker.and(Masker.of(more)), fresh);
    }

    /** The same, for a call that shows how its token is fetched. */
    public Credential asFresh() {
        return new Credential(key, authentication, headers, query, identity, unusable, masker, true);
    }

    /** A URL as anybody may see it. */
    public String maskedUrl(String url) {
        return masker.maskUrl(url);
    }

    @Override
    public String toString() {
        return "Credential[" + key + "]";
    }
}
