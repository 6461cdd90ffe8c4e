package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Passage;
import dev.onward.egress.Destination;
import dev.onward.egress.DestinationRefusedException;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.TestCertificates;
import dev.onward.testsupport.TestProxy;
import io.vertx.core.net.ProxyOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {

    private static final String NAME = "provider.test";

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(folder);
        certificates.sign("good", NAME, "-validity", "2");
    }

    @Test
    void an_https_call_is_a_tunnel_to_the_checked_address_with_tls_to_the_providers_name() throws Exception {
        try (TestProxy proxy = TestProxy.http();
                RawProvider provider = secure();
                LoopbackTransport transport = through("http://proxy-user:s3cret@127.0.0.1:" + proxy.port())) {
            ExchangeReport report = transport.send(https(provider.port()));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(proxy.asked())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT 127.0.0.1:" + provider.port() + " HTTP/1.1\r\n")
                            .containsIgnoringCase("\r\nproxy-authorization: Basic ")
                            .doesNotContain(NAME));
            assertThat(provider.requests().get(0))
                    .contains("\r\nHost: " + NAME)
                    .doesNotContainIgnoringCase("proxy-authorization");
        }
    }

    @Test
    void a_tunnel_is_used_again() throws Exception {
        try (TestProxy proxy = TestProxy.http();
                RawProvider provider = secure();
                LoopbackTransport transport = through("http://127.0.0.1:" + proxy.port())) {
            transport.send(https(provider.port()));
            ExchangeReport second = transport.send(https(provider.port()));

            assertThat(second.passage()).isEqualTo(new Passage(true, false, true, false));
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    @Test
    void a_socks_proxy_carries_clear_text_to_the_checked_address_too() throws Exception {
        try (TestProxy proxy = TestProxy.socks5();
                RawProvider provider = RawProvider.playing(RawProvider.answerAll(RawAnswers.OK));
                LoopbackTransport transport = through("socks5://127.0.0.1:" + proxy.port())) {
            ExchangeReport report = transport.send(Calls.to(provider.port()));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(proxy.asked()).containsExactly("1 127.0.0.1:" + provider.port());
            assertThat(provider.requests().get(0)).startsWith("POST /v1/messages HTTP/1.1\r\nHost: " + NAME);
        }
    }

    @Test
    void an_http_proxy_never_sees_a_call_in_clear_text() throws Exception {
        try (TestProxy proxy = TestProxy.http();
                LoopbackTransport transport = through("http://127.0.0.1:" + proxy.port())) {
            ExchangeReport report = transport.send(Calls.to(80));

            assertFailed(report, CallErrorCode.PROXY);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void a_proxy_that_refuses_is_named_without_what_it_said() throws Exception {
        try (TestProxy proxy = TestProxy.refusing("HTTP/1.1 407 s3cret");
                LoopbackTransport transport = through("http://127.0.0.1:" + proxy.port())) {
            ExchangeReport report = transport.send(https(443));

            AttemptEnd.Failed end = assertFailed(report, CallErrorCode.PROXY);
            assertThat(end.error().message()).contains("proxy").doesNotContain("s3cret", "127.0.0.1");
        }
    }

    @Test
    void a_proxy_that_does_not_listen_is_connect() throws Exception {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();
        try (LoopbackTransport transport = through("http://127.0.0.1:" + closed.getLocalPort())) {
            assertFailed(transport.send(https(443)), CallErrorCode.CONNECT);
        }
    }

    @Test
    void a_refused_destination_never_reaches_the_proxy() throws Exception {
        try (TestProxy proxy = TestProxy.http();
                LoopbackTransport transport = new LoopbackTransport(
                        (sandbox, destination) -> CompletableFuture.failedFuture(
                                new DestinationRefusedException(NAME, "10.0.0.1 is private")),
                        route("http://127.0.0.1:" + proxy.port()))) {
            assertFailed(transport.send(https(443)), CallErrorCode.DESTINATION_REFUSED);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    private static AttemptEnd.Failed assertFailed(ExchangeReport report, CallErrorCode code) {
        assertThat(report.end()).isInstanceOf(AttemptEnd.Failed.class);
        AttemptEnd.Failed end = (AttemptEnd.Failed) report.end();
        assertThat(end.error().code()).isEqualTo(code);
        assertThat(end.sent()).isFalse();
        return end;
    }

    private static RawProvider secure() throws Exception {
        return RawProvider.playing(certificates.serverSockets("good"), RawProvider.answerAll(RawAnswers.OK));
    }

    private static LoopbackTransport through(String proxy) throws Exception {
        return new LoopbackTransport(route(proxy));
    }

    private static Route route(String proxy) throws Exception {
        ProxyOptions options = ProxyUrl.parse(proxy);
        return new Route(Optional.of(options), Optional.of(certificates.trust()));
    }

    private static Calls https(int port) throws IOException {
        return Calls.to(new Destination(Scheme.HTTPS, NAME, port, "/v1", ""));
    }
}
