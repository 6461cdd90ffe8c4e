package dev.onward.call.auth;

import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A signed statement that stands for a password (RFC 7523): RS256 with an RSA key, ES256 with one of the curve P-256.
 *
 * @param use whether it proves who the client is, or is itself the grant
 * @param subject empty where it is nobody but the issuer that asks
 * @param scope as a claim, where the provider wants it there
 * @param keyId {@code kid} of the header
 * @param thumbprint {@code x5t} of the header: SHA-1 of the leaf certificate, Base64url
 */
public record Assertion(
        Use use,
        String issuer,
        Optional<String> subject,
        String audience,
        Optional<String> scope,
        Optional<String> keyId,
        Optional<String> thumbprint,
        PrivateKey key) {

    private static final Duration LIFE = Duration.ofMinutes(10);

    /** What an assertion is for. */
    public enum Use {
        /** {@code client_assertion} beside a grant of another type (RFC 7523 §2.2). */
        CLIENT,
        /** {@code assertion} as the grant (RFC 7523 §2.1). */
        GRANT
    }

    /** The form parameters that carry a fresh one. */
    Map<String, String> parameters(Instant now, UUID id) {
        String text = text(now, id);
        return use == Use.GRANT
                ? Map.of("assertion", text)
                : Map.of(
                        "client_assertion",
                        text,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    private String text(Instant now, UUID id) {
        boolean rsa = key.getAlgorithm().equals("RSA");
        String signed = base64(header(rsa)) + "." + base64(claims(now, id));
        return signed + "." + base64(signature(rsa, signed));
    }

    private byte[] header(boolean rsa) {
        return object(members -> {
            members.text("alg", rsa ? "RS256" : "ES256");
            members.text("typ", "JWT");
            members.text("kid", keyId);
            members.text("x5t", thumbprint);
        });
    }

    private byte[] claims(Instant now, UUID id) {
        return object(members -> {
            members.text("iss", issuer);
            members.text("sub", subject);
            members.text("aud", audience);
            members.text("scope", scope);
            members.number("iat", now.getEpochSecond());
            members.number("exp", now.plus(LIFE).getEpochSecond());
            members.text("jti", id.toString());
        });
    }

    private byte[] signature(boolean rsa, String signed) {
        try {
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException unfit) {
            throw new IllegalStateException("the key was checked when the credential was read", unfit);
        }
    }

    private static byte[] object(Consumer<JsonMembers> writer) {
        JsonBuffer json = new JsonBuffer(256);
        JsonMembers.object(json, writer);
        return json.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Assertion[" + issuer + "]";
    }
}
