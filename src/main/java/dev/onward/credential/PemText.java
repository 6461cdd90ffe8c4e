package dev.onward.credential;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys and certificates from PEM (RFC 7468). */
final class PemText {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int P256_BITS = 256;

    private PemText() {}

    /** A key that can sign: RSA of at least 2,048 bits, or of the curve P-256; empty when it is none. */
    static Optional<PrivateKey> privateKey(String pem) {
        Matcher found = PRIVATE_KEY.matcher(pem);
        if (!found.find()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
                return Optional.of(key).filter(PemText::isUsable);
            } catch (GeneralSecurityException another) {
                // The next algorithm may fit.
            }
        }
        return Optional.empty();
    }

    private static boolean isUsable(PrivateKey key) {
        return !(key instanceof ECPrivateKey curve)
                || curve.getParams().getOrder().bitLength() == P256_BITS;
    }

    /** The certificates of a text, the leaf first; empty when there is none or one cannot be read. */
    static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    /** {@code x5t} of a certificate: SHA-1 of its DER form, Base64url. */
    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-1, and the certificate was just read", impossible);
        }
    }
}
