package dev.onward.testsupport;

import dev.onward.call.auth.ClientIdentity;
import dev.onward.secret.SecretText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority, and keys with certificates that it signed, made by the JDK's keytool.
 *
 * @param file where they are kept
 */
public record TestCertificates(Path file) {

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";

    /** A new authority, which has signed nothing yet. */
    public static TestCertificates in(Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder.resolve("keys.p12"));
        keytool(certificates.file, AUTHORITY, "Authority", List.of("-ext", "bc:c", "-startdate", "-20d"));
        return certificates;
    }

    /**
     * Signs a certificate for the name.
     *
     * @param validity of keytool: {@code -startdate}, {@code -validity}
     */
    public void sign(String alias, String name, String... validity) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY, "-ext", "SAN=dns:" + name));
        options.addAll(List.of(validity));
        keytool(file, alias, name, options);
    }

    private static void keytool(Path file, String alias, String name, List<String> options) throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program, "-genkeypair", "-alias", alias));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", "CN=" + name, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", file.toString()));
        command.addAll(options);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    /** A certificate that nobody else signed. */
    public void signItself(String alias, String name) throws Exception {
        keytool(file, alias, name, List.of("-ext", "SAN=dns:" + name));
    }

    /** Sockets of a provider that shows this certificate and chooses HTTP/2 by ALPN. */
    public ServerSocketFactory http2Sockets(String alias) throws GeneralSecurityException, IOException {
        return new TlsSockets(
                serverSockets(alias), parameters -> parameters.setApplicationProtocols(new String[] {"h2"}));
    }

    /** Sockets of a provider that shows this certificate and speaks one version of TLS. */
    public ServerSocketFactory serverSockets(String alias, String version)
            throws GeneralSecurityException, IOException {
        return new TlsSockets(serverSockets(alias), parameters -> parameters.setProtocols(new String[] {version}));
    }

    /** Sockets of a provider that asks for a certificate of this authority. */
    public ServerSocketFactory mutualSockets(String alias) throws GeneralSecurityException, IOException {
        return new TlsSockets(serverSockets(alias), parameters -> parameters.setNeedClientAuth(true));
    }

    /** A certificate with its key, for showing. */
    public ClientIdentity identity(String alias) throws GeneralSecurityException, IOException {
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : keys().getCertificateChain(alias)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        byte[] key = keys().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return new ClientIdentity(alias, chain.toString(), SecretText.of(pem("PRIVATE KEY", key)));
    }

    private static String pem(String what, byte[] der) {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    /** Sockets of a provider that shows this certificate. */
    public ServerSocketFactory serverSockets(String alias) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        char[] password = PASSWORD.toCharArray();
        own.setKeyEntry(alias, keys().getKey(alias, password), password, keys().getCertificateChain(alias));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context.getServerSocketFactory();
    }

    /** Trust in this authority and in no other. */
    public TrustOptions trust() throws GeneralSecurityException, IOException {
        return new PemTrustOptions().addCertValue(Buffer.buffer(pemText()));
    }

    /** A PEM file with the authority's certificate, and something before it. */
    public Path pem() throws GeneralSecurityException, IOException {
        return Files.writeString(file.resolveSibling("authority.pem"), "# our own authority\n" + pemText());
    }

    /** A store with the authority's certificate and the password {@code changeit}. */
    public Path store(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("ours", authority());
        Path written = file.resolveSibling("authority." + type);
        try (OutputStream out = Files.newOutputStream(written)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return written;
    }

    public Certificate authority() throws GeneralSecurityException, IOException {
        return keys().getCertificate(AUTHORITY);
    }

    private String pemText() throws GeneralSecurityException, IOException {
        return pem("CERTIFICATE", authority().getEncoded());
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** TLS sockets with parameters of their own. */
    private static final class TlsSockets extends ServerSocketFactory {

        private final ServerSocketFactory sockets;
        private final Consumer<SSLParameters> change;

        TlsSockets(ServerSocketFactory sockets, Consumer<SSLParameters> change) {
            this.sockets = sockets;
            this.change = change;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return changed(sockets.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return changed(sockets.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return changed(sockets.createServerSocket(port, backlog, address));
        }

        private ServerSocket changed(ServerSocket socket) {
            SSLParameters parameters = ((SSLServerSocket) socket).getSSLParameters();
            change.accept(parameters);
            ((SSLServerSocket) socket).setSSLParameters(parameters);
            return socket;
        }
    }
}
