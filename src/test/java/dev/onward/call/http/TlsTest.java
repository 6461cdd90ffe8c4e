package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Passage;
import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.call.auth.Credential;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.secret.Masker;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.TestCertificates;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final String NAME = "provider.test";

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(folder);
        certificates.sign("good", NAME, "-validity", "2");
        certificates.sign("other", "other.test", "-validity", "2");
        certificates.signItself("self-signed", NAME);
        certificates.sign("expired", NAME, "-startdate", "-9d", "-validity", "2");
    }

    @Test
    void a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent() throws Exception {
        assertUntrusted("good", Optional.empty());
    }

    @Test
    void a_trusted_certificate_for_another_name_is_refused_before_anything_is_sent() throws Exception {
        assertUntrusted("other", Optional.of(certificates.trust()));
    }

    @Test
    void a_trusted_certificate_that_expired_is_refused_before_anything_is_sent() throws Exception {
        assertUntrusted("expired", Optional.of(certificates.trust()));
    }

    @Test
    void a_certificate_that_its_owner_signed_is_refused_before_anything_is_sent() throws Exception {
        assertUntrusted("self-signed", Optional.of(certificates.trust()));
    }

    private static void assertUntrusted(String shown, Optional<TrustOptions> trust) throws Exception {
        try (RawProvider provider =
                RawProvider.playing(certificates.serverSockets(shown), RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport report = send(provider, trust);

            assertThat(report.end()).isInstanceOfSatisfying(AttemptEnd.Failed.class, end -> {
                assertThat(end.error().code()).isEqualTo(CallErrorCode.TLS_UNTRUSTED);
                assertThat(end.sent()).isFalse();
            });
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void a_provider_that_speaks_no_tls_breaks_the_handshake() throws Exception {
        try (RawProvider provider = RawProvider.playing(
                ServerSocketFactory.getDefault(), connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertHandshakeBroken(send(provider, Optional.empty()));
        }
    }

    @Test
    void a_provider_that_closes_breaks_the_handshake() throws Exception {
        try (RawProvider provider = RawProvider.playing(connection -> {})) {
            assertHandshakeBroken(send(provider, Optional.empty()));
        }
    }

    @Test
    void a_provider_that_speaks_only_tls_1_1_breaks_the_handshake() throws Exception {
        byte[] serverHello =
                HexFormat.of().parseHex("16030200310200002d0302" + "aa".repeat(32) + "00c01300000500ff01000100");
        byte[] protocolVersionAlert = HexFormat.of().parseHex("15030200020246");
        try (RawProvider provider = RawProvider.playing(
                connection -> connection.write(serverHello), connection -> connection.write(protocolVersionAlert))) {
            assertHandshakeBroken(send(provider, Optional.empty()));
            assertHandshakeBroken(send(provider, Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void each_of_the_two_allowed_versions_alone_will_do(String version) throws Exception {
        try (RawProvider provider = RawProvider.playing(
                certificates.serverSockets("good", version), RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport report = send(provider, Optional.of(certificates.trust()));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(report.timings().tls()).isPresent();
        }
    }

    private static void assertHandshakeBroken(ExchangeReport report) {
        assertThat(report.end()).isInstanceOfSatisfying(AttemptEnd.Failed.class, end -> {
            assertThat(end.error().code()).isEqualTo(CallErrorCode.TLS_HANDSHAKE);
            assertThat(end.sent()).isFalse();
        });
    }

    @Test
    void a_trusted_certificate_for_the_name_is_accepted_at_the_checked_address() throws Exception {
        try (RawProvider provider =
                RawProvider.playing(certificates.serverSockets("good"), RawProvider.answerAll(RawAnswers.OK))) {
            ExchangeReport report = send(provider, Optional.of(certificates.trust()));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(provider.requests().get(0)).contains("\r\nHost: " + NAME + ":" + provider.port() + "\r\n");
        }
    }

    @Test
    void an_authority_of_the_trust_store_is_believed_and_only_for_the_names_that_it_signed() throws Exception {
        TrustOptions trust = Authorities.besideThoseOfTheJvm(certificates.pem(), "");
        try (RawProvider provider =
                RawProvider.playing(certificates.serverSockets("good"), RawProvider.answerAll(RawAnswers.OK))) {
            assertThat(send(provider, Optional.of(trust)).end()).isInstanceOf(AttemptEnd.Answered.class);
        }
        assertUntrusted("other", Optional.of(trust));
        assertUntrusted("self-signed", Optional.of(trust));
    }

    @Test
    void a_certificate_is_shown_to_a_provider_that_asks_for_one() throws Exception {
        certificates.sign("client", "client.test", "-validity", "2");
        Optional<TrustOptions> trust = Optional.of(certificates.trust());
        try (RawProvider provider =
                RawProvider.playing(certificates.mutualSockets("good"), RawProvider.answerAll(RawAnswers.OK))) {
            assertThat(send(provider, trust, Optional.of(certificates.identity("client")))
                            .end())
                    .isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @Test
    void without_a_certificate_such_a_provider_is_not_called() throws Exception {
        try (RawProvider provider =
                RawProvider.playing(certificates.mutualSockets("good"), RawProvider.answerAll(RawAnswers.OK))) {
            assertThat(send(provider, Optional.of(certificates.trust())).end()).isInstanceOf(AttemptEnd.Failed.class);
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void calls_with_and_without_a_certificate_share_no_connection() throws Exception {
        certificates.sign("other-client", "client.test", "-validity", "2");
        Route route = new Route(Optional.empty(), Optional.of(certificates.trust()));
        try (RawProvider provider =
                        RawProvider.playing(certificates.serverSockets("good"), RawProvider.answerAll(RawAnswers.OK));
                LoopbackTransport transport = new LoopbackTransport(route)) {
            Calls bare = Calls.to(new Destination(Scheme.HTTPS, NAME, provider.port(), "/v1", ""));
            Calls shown = bare.credential(credential(Optional.of(certificates.identity("other-client"))));
            assertThat(transport.send(bare).passage().connectionReused()).isFalse();
            assertThat(transport.send(shown).passage().connectionReused()).isFalse();
            assertThat(transport.send(shown).passage()).isEqualTo(new Passage(true, true, false, false));
            assertThat(transport.send(bare).passage()).isEqualTo(new Passage(true, false, false, false));
        }
    }

    private static ExchangeReport send(RawProvider provider, Optional<TrustOptions> trust) {
        return send(provider, trust, Optional.empty());
    }

    private static Credential credential(Optional<ClientIdentity> identity) {
        return new Credential(
                "k", new Authentication.None(), Map.of(), Map.of(), identity, Optional.empty(), Masker.NONE, false);
    }

    private static ExchangeReport send(
            RawProvider provider, Optional<TrustOptions> trust, Optional<ClientIdentity> identity) {
        try (LoopbackTransport transport = new LoopbackTransport(new Route(Optional.empty(), trust))) {
            return transport.send(Calls.to(new Destination(Scheme.HTTPS, NAME, provider.port(), "/v1", ""))
                    .credential(credential(identity)));
        }
    }
}
