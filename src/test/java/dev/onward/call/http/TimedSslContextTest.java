package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.FakeTimer;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measuring a handshake changes nothing of it. */
class TimedSslContextTest {

    private static final String SUITE = "TLS_AES_128_GCM_SHA256";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_stands_on_the_side_of_the_other(boolean client) throws NoSuchAlgorithmException {
        assertThat(timed(context(client)).isClient()).isEqualTo(client);
    }

    @Test
    void it_offers_what_the_other_offers() throws NoSuchAlgorithmException {
        assertThat(timed(context(true)).cipherSuites()).containsExactly(SUITE);
    }

    @Test
    void it_resumes_the_sessions_of_the_other() throws NoSuchAlgorithmException {
        SslContext context = context(true);

        assertThat(timed(context).sessionContext()).isNotNull().isSameAs(context.sessionContext());
    }

    @Test
    @SuppressWarnings("deprecation") // Netty still asks for it.
    void it_negotiates_the_protocols_of_the_other() throws NoSuchAlgorithmException {
        SslContext context = context(true);

        assertThat(timed(context).applicationProtocolNegotiator())
                .isNotNull()
                .isSameAs(context.applicationProtocolNegotiator());
    }

    @Test
    void its_engines_offer_the_same_with_and_without_a_host() throws NoSuchAlgorithmException {
        SslContext timed = timed(context(true));

        SSLEngine named = timed.newEngine(UnpooledByteBufAllocator.DEFAULT, "sms.example.com", 443);
        assertThat(named.getPeerHost()).isEqualTo("sms.example.com");
        assertThat(named.getEnabledCipherSuites()).containsExactly(SUITE);
        assertThat(timed.newEngine(UnpooledByteBufAllocator.DEFAULT).getEnabledCipherSuites())
                .containsExactly(SUITE);
    }

    @Test
    void a_handshake_that_has_not_ended_took_no_time_yet() throws NoSuchAlgorithmException {
        assertThat(timed(context(true))
                        .newHandler(UnpooledByteBufAllocator.DEFAULT, "sms.example.com", 443, Runnable::run))
                .isInstanceOfSatisfying(
                        TimedSslHandler.class,
                        handler -> assertThat(handler.handshake()).isEqualTo(Duration.ZERO));
    }

    private static SslContext timed(SslContext context) {
        return new TimedSslContext(context, new FakeTimer());
    }

    private static SslContext context(boolean client) throws NoSuchAlgorithmException {
        return new JdkSslContext(
                SSLContext.getDefault(),
                client,
                List.of(SUITE),
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                null,
                false);
    }
}
