package dev.onward.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens values: AES-256-GCM (NIST SP 800-38D) under a data key of their own, which is itself sealed under a key
 * of the ring. The text is {@code v1.<key id>.<nonce and wrapped data key>.<nonce>.<ciphertext>}, Base64 without padding;
 * the {@link Place} is associated data of both. Thread-safe.
 */
final class Sealer {

    private static final String VERSION = "v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PARTS = 5;

    private final KeyRing ring;
    private final SecureRandom random;

    Sealer(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /** Seals under the primary key. Two seals of one value differ. */
    String seal(Place place, SecretText value) {
        byte[] dataKey = random(KeyRing.KEY_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        byte[] text = value.reveal().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = encrypt(new SecretKeySpec(dataKey, "AES"), nonce, place, text);
        return text(ring.primary(), wrap(dataKey, place), nonce, sealed);
    }

    /**
     * Opens a sealed value.
     *
     * @throws SecretException when its key is missing, or when it was changed or moved
     */
    SecretText open(Place place, String sealed) {
        String[] parts = parts(sealed);
        byte[] dataKey = unwrap(parts, place);
        byte[] text = decrypt(new SecretKeySpec(dataKey, "AES"), bytes(parts[3]), place, bytes(parts[4]));
        return SecretText.of(new String(text, StandardCharsets.UTF_8));
    }

    /**
     * The same sealed value with its data key under the primary key; the value itself is not opened.
     *
     * @throws SecretException as {@link #open}
     */
    String rewrap(Place place, String sealed) {
        String[] parts = parts(sealed);
        return text(ring.primary(), wrap(unwrap(parts, place), place), bytes(parts[3]), bytes(parts[4]));
    }

    private byte[] wrap(byte[] dataKey, Place place) {
        SecretKey key = ring.key(ring.primary()).orElseThrow();
        byte[] nonce = random(NONCE_BYTES);
        byte[] wrapped = encrypt(key, nonce, place, dataKey);
        byte[] both = Arrays.copyOf(nonce, nonce.length + wrapped.length);
        System.arraycopy(wrapped, 0, both, nonce.length, wrapped.length);
        return both;
    }

    private byte[] unwrap(String[] parts, Place place) {
        SecretKey key = ring.key(parts[1])
                .orElseThrow(() -> new SecretException(
                        SecretException.Reason.KEY_MISSING,
                        "the key '" + parts[1] + "' is not among the configured ones " + ring.ids()));
        byte[] both = bytes(parts[2]);
        if (both.length <= NONCE_BYTES) {
            throw damaged();
        }
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        return decrypt(key, nonce, place, Arrays.copyOfRange(both, NONCE_BYTES, both.length));
    }

    private static byte[] encrypt(SecretKey key, byte[] nonce, Place place, byte[] text) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + CIPHER, impossible);
        }
    }

    private static byte[] decrypt(SecretKey key, byte[] nonce, Place place, byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(sealed);
        } catch (GeneralSecurityException changed) {
            throw damaged();
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, Place place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.associatedData());
        return cipher;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(String keyId, byte[] wrapped, byte[] nonce, byte[] sealed) {
        return String.join(".", VERSION, keyId, base64(wrapped), base64(nonce), base64(sealed));
    }

    private static String[] parts(String sealed) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw damaged();
        }
        return parts;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw damaged();
        }
    }

    private static SecretException damaged() {
        return new SecretException(
                SecretException.Reason.DAMAGED, "the sealed value was changed, moved, or is not a sealed value");
    }
}
