package dev.onward.call.auth;

import dev.onward.call.CallRequest;
import dev.onward.egress.Header;
import dev.onward.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a message with a shared secret. */
final class MessageSignature {

    private static final String WEBHOOK_PREFIX = "whsec_";
    private static final byte[] NO_BODY = {};

    private MessageSignature() {}

    /** The headers that sign a call's message. All attempts of a call have one {@code webhook-id}. */
    static List<Addition> of(Authentication.Signature signature, CallRequest call, Instant now) {
        byte[] body = call.message().body().orElse(NO_BODY);
        if (signature.scheme() == SignatureScheme.HMAC_SHA256) {
            byte[] key = signature.secret().reveal().getBytes(StandardCharsets.UTF_8);
            String code = HexFormat.of().formatHex(hmac(key, body));
            return List.of(header(signature.header(), "sha256=" + code));
        }
        String id = call.idempotencyKey();
        String at = Long.toString(now.getEpochSecond());
        byte[] start = (id + "." + at + ".").getBytes(StandardCharsets.UTF_8);
        byte[] key = webhookKey(signature.secret()).orElseThrow();
        String code = Base64.getEncoder().encodeToString(hmac(key, start, body));
        return List.of(
                header("webhook-id", id), header("webhook-timestamp", at), header("webhook-signature", "v1," + code));
    }

    static List<String> headerNames(Authentication.Signature signature) {
        return signature.scheme() == SignatureScheme.HMAC_SHA256
                ? List.of(signature.header())
                : List.of("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    /** The bytes of a secret of Standard Webhooks; empty when it is not Base64 or has none. */
    static Optional<byte[]> webhookKey(SecretText secret) {
        String text = secret.reveal();
        String base64 = text.startsWith(WEBHOOK_PREFIX) ? text.substring(WEBHOOK_PREFIX.length()) : text;
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            return key.length == 0 ? Optional.empty() : Optional.of(key);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    private static Addition header(String name, String value) {
        return new Addition.OfHeader(new Header(name, value));
    }
}
