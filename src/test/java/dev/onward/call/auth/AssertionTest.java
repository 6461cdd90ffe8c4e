package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.auth.Assertion.Use;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Signed statements, read and verified as a provider does it. */
class AssertionTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final UUID ID = UUID.fromString("6c1d6e5a-9b0a-4a7e-8f3f-0123456789ab");
    private static final KeyPair RSA = keys("RSA");
    private static final KeyPair EC = keys("EC");

    @Test
    void one_that_proves_the_client_says_what_it_is() {
        assertThat(plain(Use.CLIENT, RSA).parameters(NOW, ID))
                .containsOnlyKeys("client_assertion", "client_assertion_type")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    @Test
    void one_that_is_the_grant_stands_alone() {
        assertThat(plain(Use.GRANT, RSA).parameters(NOW, ID)).containsOnlyKeys("assertion");
    }

    @Test
    void it_says_who_asks_for_whom_at_which_endpoint_and_for_how_long() {
        Assertion full = new Assertion(
                Use.GRANT,
                "client-1",
                Optional.of("person-1"),
                "https://login.example.com/token",
                Optional.of("read write"),
                Optional.of("key-1"),
                Optional.of("c2hhMQ"),
                RSA.getPrivate());

        String[] parts = parts(text(full, "assertion"));

        assertThat(decoded(parts[0]))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\",\"x5t\":\"c2hhMQ\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo("{\"iss\":\"client-1\",\"sub\":\"person-1\",\"aud\":\"https://login.example.com/token\","
                        + "\"scope\":\"read write\",\"iat\":1700000000,\"exp\":1700000600,"
                        + "\"jti\":\"6c1d6e5a-9b0a-4a7e-8f3f-0123456789ab\"}");
    }

    @Test
    void what_it_was_not_given_it_leaves_out() {
        String[] parts = parts(text(plain(Use.CLIENT, EC), "client_assertion"));

        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"ES256\",\"typ\":\"JWT\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo("{\"iss\":\"client-1\",\"aud\":\"a\",\"iat\":1700000000,\"exp\":1700000600,"
                        + "\"jti\":\"6c1d6e5a-9b0a-4a7e-8f3f-0123456789ab\"}");
    }

    @Test
    void the_holder_of_the_rsa_certificate_can_verify_it() throws GeneralSecurityException {
        String text = text(plain(Use.GRANT, RSA), "assertion");

        assertThat(verifies("SHA256withRSA", RSA, text)).isTrue();
    }

    @Test
    void the_holder_of_the_curves_certificate_can_verify_it() throws GeneralSecurityException {
        String text = text(plain(Use.GRANT, EC), "assertion");

        assertThat(verifies("SHA256withECDSAinP1363Format", EC, text)).isTrue();
    }

    @Test
    void its_text_for_a_log_names_the_issuer_alone() {
        assertThat(plain(Use.CLIENT, RSA)).hasToString("Assertion[client-1]");
    }

    private static Assertion plain(Use use, KeyPair keys) {
        Optional<String> none = Optional.empty();
        return new Assertion(use, "client-1", none, "a", none, none, none, keys.getPrivate());
    }

    private static String text(Assertion assertion, String parameter) {
        return Optional.ofNullable(assertion.parameters(NOW, ID).get(parameter)).orElseThrow();
    }

    private static String[] parts(String text) {
        String[] parts = text.split("\\.", -1);
        assertThat(parts).hasSize(3);
        return parts;
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static boolean verifies(String algorithm, KeyPair keys, String text) throws GeneralSecurityException {
        int point = text.lastIndexOf('.');
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(keys.getPublic());
        signature.update(text.substring(0, point).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(text.substring(point + 1)));
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2_048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
