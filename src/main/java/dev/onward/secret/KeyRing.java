package dev.onward.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key-encryption keys: the first seals, every one opens. Written {@code id:base64,id:base64}. Immutable.
 */
final class KeyRing {

    static final int KEY_BYTES = 32;

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,32}");
    private static final int FINGERPRINT_BYTES = 16;

    private final Map<String, SecretKey> keys;
    private final String primary;

    private KeyRing(Map<String, SecretKey> keys, String primary) {
        this.keys = Collections.unmodifiableMap(keys);
        this.primary = primary;
    }

    /**
     * Reads a ring.
     *
     * @throws IllegalArgumentException when it is none; the message quotes no key
     */
    static KeyRing parse(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("key " + (ids.size() + 1)
                        + " must be written id:base64, the id being 1 to 32 letters, digits, '_' or '-'");
            }
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("the key id '" + id + "' stands there twice");
            }
            ids.add(id);
        }
        return new KeyRing(keys, ids.get(0));
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("the key '" + id + "' is not Base64", notBase64);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key '" + id + "' must have " + KEY_BYTES + " bytes, found "
                    + bytes.length + "; `openssl rand -base64 32` makes one");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The id of the key that seals. */
    String primary() {
        return primary;
    }

    Set<String> ids() {
        return keys.keySet();
    }

    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Tells two keys of the same id apart without telling anything of them: part of an HMAC-SHA256, in hex. */
    String fingerprint(String id) {
        SecretKey key = key(id).orElseThrow();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            byte[] digest = mac.doFinal("onward key fingerprint".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
