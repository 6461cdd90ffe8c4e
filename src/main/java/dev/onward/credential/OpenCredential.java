package dev.onward.credential;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.auth.Credential;
import dev.onward.secret.Masker;
import dev.onward.secret.OpenedSecrets;
import dev.onward.secret.SecretException;
import dev.onward.secret.SecretText;
import dev.onward.value.Digests;
import dev.onward.value.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes of definitions and opened secrets what calls are signed with. */
public final class OpenCredential {

    private OpenCredential() {}

    /**
     * A credential that can be used.
     *
     * @param owner as {@link SecretOwner} gives it
     * @param authentication as it stands in the document
     * @param headers further secret headers, by name
     * @param query further secret query parameters, by name
     */
    public static Credential of(
            String owner,
            JsonNode authentication,
            OpenedSecrets opened,
            CredentialDefinition definition,
            Map<String, SecretText> headers,
            Map<String, SecretText> query) {
        List<SecretText> secrets = new ArrayList<>(definition.secrets());
        secrets.addAll(headers.values());
        secrets.addAll(query.values());
        return new Credential(
                owner + "#" + Digests.sha256(JsonBuffer.textOf(authentication) + new TreeMap<>(opened.updatedAt())),
                definition.authentication(),
                headers,
                query,
                definition.identity(),
                Optional.empty(),
                Masker.of(secrets),
                false);
    }

    /** The owner that a credential's key names. */
    static String ownerOf(String credentialKey) {
        return credentialKey.substring(0, credentialKey.lastIndexOf('#'));
    }

    /** A credential with which nothing can be sent. */
    public static Credential unusable(OpenedSecrets opened) {
        String why = opened.fault()
                .map(fault -> fault == SecretException.Reason.KEY_MISSING
                        ? "the key that the action's secrets are sealed under is not among onward.secret.keys"
                        : "a stored secret was changed outside of Onward; set it again")
                .orElse("a secret of the action was dropped, because its host changed; set it again");
        return unusable(new CallError(CallErrorCode.SECRET_UNAVAILABLE, why));
    }

    /** A credential with which nothing can be sent, for another reason. */
    public static Credential unusable(CallError reason) {
        Credential none = Credential.NONE;
        return new Credential(
                none.key(),
                none.authentication(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(reason),
                Masker.NONE,
                false);
    }
}
