package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.ExchangeReport;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import dev.onward.testsupport.TestCertificates;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Providers that speak HTTP/2 in exact frames, and calls to them through a transport that trusts them, for one class. */
final class Http2Provider implements BeforeAllCallback, AfterAllCallback {

    static final String NAME = "provider.test";

    private Optional<TestCertificates> made = Optional.empty();
    private Optional<LoopbackTransport> transport = Optional.empty();

    /** What a connection does after the settings were told. It ends its connection by returning. */
    interface Play {
        void on(Http2Frames frames) throws IOException;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        TestCertificates certificates = TestCertificates.in(InTarget.folder());
        certificates.sign("good", NAME, "-validity", "2");
        made = Optional.of(certificates);
        transport = Optional.of(new LoopbackTransport(new Route(Optional.empty(), Optional.of(certificates.trust()))));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        transport().close();
    }

    LoopbackTransport transport() {
        return transport.orElseThrow();
    }

    private TestCertificates certificates() {
        return made.orElseThrow();
    }

    RawProvider playing(Play... plays) throws Exception {
        Script[] scripts = new Script[plays.length];
        for (int index = 0; index < plays.length; index++) {
            Play play = plays[index];
            scripts[index] = connection -> play.on(new Http2Frames(connection).greet());
        }
        return scripted(scripts);
    }

    /** One whose scripts do the greeting themselves. */
    RawProvider scripted(Script... scripts) throws Exception {
        return RawProvider.playing(certificates().http2Sockets("good"), scripts);
    }

    /** One that offers HTTP/1.1 only. */
    RawProvider old(Script script) throws Exception {
        return RawProvider.playing(certificates().serverSockets("good"), script);
    }

    static Play answeringAll(String body) {
        return frames -> frames.answerAll(body);
    }

    static Calls call(RawProvider provider) {
        return Calls.to(new Destination(Scheme.HTTPS, NAME, provider.port(), "/v1/messages", "q=1"));
    }

    static String body(ExchangeReport report) {
        return report.response().orElseThrow().body().orElseThrow();
    }

    static AttemptEnd.Failed failed(ExchangeReport report) {
        return report.end()
                .map(
                        answered -> {
                            throw new AssertionError("it was answered: " + answered);
                        },
                        failed -> failed);
    }

    static void awaitAll(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
