package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.ExchangeReport;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Providers that speak HTTP/2 in exact frames, and calls to them through a transport that trusts them. */
final class Http2Provider {

    static final String NAME = "provider.test";

    private final TestCertificates certificates;

    /** What a connection does after the settings were told. It ends its connection by returning. */
    interface Play {
        void on(Http2Frames frames) throws IOException;
    }

    Http2Provider(Path folder) throws Exception {
        certificates = TestCertificates.in(folder);
        certificates.sign("good", NAME, "-validity", "2");
    }

    LoopbackTransport transport() throws Exception {
        return new LoopbackTransport(new Route(Optional.empty(), Optional.of(certificates.trust())));
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
        return RawProvider.playing(certificates.http2Sockets("good"), scripts);
    }

    /** One that offers HTTP/1.1 only. */
    RawProvider old(Script script) throws Exception {
        return RawProvider.playing(certificates.serverSockets("good"), script);
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
