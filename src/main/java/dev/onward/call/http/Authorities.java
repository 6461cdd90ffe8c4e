package dev.onward.call.http;

import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads the certificates of private authorities. */
final class Authorities {

    private static final String PEM_MARK = "-----BEGIN CERTIFICATE-----";

    private Authorities() {}

    /**
     * Trust in the authorities of the file as well as in those of the JVM.
     *
     * @param file PEM certificates, one after the other, or a PKCS#12 or JKS store: the content tells which
     * @param password of a store; empty for none
     * @throws IllegalArgumentException when there is no such file, or no certificate in it
     */
    static TrustOptions besideThoseOfTheJvm(Path file, String password) {
        try {
            List<Certificate> trusted = new ArrayList<>(read(file, password));
            if (trusted.isEmpty()) {
                throw unusable(file, "holds no certificate of an authority; a PKCS#12 store must mark it as trusted");
            }
            trusted.addAll(ofJvm());
            return TrustOptions.wrap(factory(storeOf(trusted)));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    message(
                            file,
                            "cannot be read; allowed is a file of PEM certificates, or a PKCS#12 or JKS store whose"
                                    + " password is onward.egress.trust-store-password"),
                    unreadable);
        }
    }

    private static Collection<? extends Certificate> read(Path file, String password)
            throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(file);
        if (new String(content, StandardCharsets.ISO_8859_1).contains(PEM_MARK)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        List<Certificate> trusted = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                trusted.add(store.getCertificate(alias));
            }
        }
        return trusted;
    }

    private static List<Certificate> ofJvm() throws GeneralSecurityException {
        TrustManagerFactory jvm = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jvm.init((KeyStore) null);
        List<Certificate> trusted = new ArrayList<>();
        for (TrustManager manager : jvm.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                trusted.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return trusted;
    }

    private static KeyStore storeOf(List<Certificate> certificates) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return store;
    }

    private static TrustManagerFactory factory(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static IllegalArgumentException unusable(Path file, String reason) {
        return new IllegalArgumentException(message(file, reason));
    }

    private static String message(Path file, String reason) {
        return "onward.egress.trust-store, " + file + ", " + reason;
    }
}
