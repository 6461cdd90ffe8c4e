package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.ExchangeReport;
import dev.onward.call.http.Http2Provider.Play;
import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.RawProvider.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a broken or hostile provider may do in HTTP/2: each has a name and hurts no later call. */
class HostileHttp2Test {

    private static final RetryPolicy ONCE = new RetryPolicy(0, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO);

    @RegisterExtension
    static final Http2Provider PROVIDERS = new Http2Provider();

    static Stream<Arguments> misbehaviour() {
        return Stream.of(brokenOff(), tooLarge(), illegal()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> brokenOff() {
        return Stream.of(
                play("a stream that is reset", CallErrorCode.RESET, frames -> {
                    frames.reset(frames.request(), Http2Frames.CANCEL);
                }),
                play("a stream that is reset inside its body", CallErrorCode.RESET, frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.data(stream, new byte[10]);
                    frames.reset(stream, Http2Frames.CANCEL);
                }),
                play("a connection that ends before the answer", CallErrorCode.RESET, frames -> {
                    frames.request();
                    throw new IOException("closed");
                }),
                play("a connection that ends inside the body", CallErrorCode.RESET, frames -> {
                    frames.head(frames.request());
                    throw new IOException("closed");
                }),
                play("a connection that goes away behind the stream and ends", CallErrorCode.RESET, frames -> {
                    frames.goAway(frames.request(), Http2Frames.NO_ERROR);
                    throw new IOException("closed");
                }));
    }

    private static Stream<Arguments> tooLarge() {
        return Stream.of(
                play("a body without end", CallErrorCode.RESPONSE_TOO_LARGE, frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.flood(stream);
                }),
                play("a field over sixteen kilobytes", CallErrorCode.RESPONSE_TOO_LARGE, frames -> {
                    frames.head(frames.request(), "x-long", 17 * 1024);
                }));
    }

    private static Stream<Arguments> illegal() {
        return Stream.of(
                play("a head far over sixteen kilobytes", CallErrorCode.PROTOCOL, frames -> {
                    frames.head(frames.request(), "x-long", 1024 * 1024);
                }),
                play("an upper case field name", CallErrorCode.PROTOCOL, frames -> {
                    frames.head(frames.request(), "X-Upper", 1);
                }),
                play("an unknown coding", CallErrorCode.PROTOCOL, frames -> {
                    frames.block(frames.request(), (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF);
                }),
                play("a frame longer than agreed", CallErrorCode.PROTOCOL, frames -> {
                    frames.data(frames.request(), new byte[17 * 1024]);
                }),
                play("a push that was forbidden", CallErrorCode.PROTOCOL, frames -> {
                    frames.write(5, 4, frames.request(), new byte[] {0, 0, 0, 2, (byte) 0x82});
                }),
                play("an unasked interim status", CallErrorCode.PROTOCOL, frames -> {
                    frames.block(frames.request(), (byte) 0x08, (byte) 3, (byte) '1', (byte) '0', (byte) '2');
                }));
    }

    private static Arguments play(String name, CallErrorCode code, Play play) {
        return Arguments.of(name, code, play);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviour")
    void misbehaviour_has_a_name_and_the_next_call_works(String name, CallErrorCode code, Play play) throws Exception {
        Play script = frames -> {
            play.on(frames);
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.playing(script, Http2Provider.answeringAll("{}"))) {
            ExchangeReport bad = PROVIDERS.transport().send(Http2Provider.call(provider));
            ExchangeReport good = PROVIDERS.transport().send(Http2Provider.call(provider));

            assertThat(Http2Provider.failed(bad).error().code()).isEqualTo(code);
            assertThat(Http2Provider.failed(bad).sent()).isTrue();
            assertThat(good.end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    static Stream<Arguments> endless() {
        return Stream.of(
                endless("silence", frames -> frames.request()),
                endless("a body without a head", frames -> frames.data(frames.request(), new byte[10])),
                endless("a dripping body", frames -> {
                    int stream = frames.request();
                    frames.head(stream);
                    frames.drip(() -> frames.data(stream, new byte[1]));
                }),
                endless("100 Continue for ever", frames -> {
                    int stream = frames.request();
                    frames.drip(() -> frames.block(stream, (byte) 0x08, (byte) 3, (byte) '1', (byte) '0', (byte) '0'));
                }),
                endless("pings for ever", frames -> {
                    frames.request();
                    frames.drip(() -> frames.write(6, 0, 0, new byte[8]));
                }));
    }

    private static Arguments endless(String name, Play play) {
        return Arguments.of(name, play);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void an_answer_without_end_is_cut_at_the_deadline_and_the_connection_lives_on(String name, Play play)
            throws Exception {
        Play script = frames -> {
            // The handshake may last longer than the short deadline.
            frames.answer(frames.request(), "{}");
            play.on(frames);
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.playing(script)) {
            PROVIDERS.transport().send(Http2Provider.call(provider));
            CallResult bad = PROVIDERS
                    .transport()
                    .call(Http2Provider.call(provider)
                            .attemptTimeout(Duration.ofMillis(300))
                            .retry(ONCE));
            ExchangeReport good = PROVIDERS.transport().send(Http2Provider.call(provider));

            assertThat(bad.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
            assertThat(good.end()).isInstanceOf(AttemptEnd.Answered.class);
            assertThat(good.passage().connectionReused()).isTrue();
        }
    }

    @Test
    void a_peer_that_never_tells_its_settings_costs_no_more_than_the_attempt() throws Exception {
        Script mute = connection -> connection.awaitClose();
        try (RawProvider provider = PROVIDERS.scripted(
                mute, connection -> new Http2Frames(connection).greet().answerAll("{}"))) {
            CallResult bad = PROVIDERS
                    .transport()
                    .call(Http2Provider.call(provider)
                            .attemptTimeout(Duration.ofMillis(300))
                            .retry(ONCE));

            assertThat(bad.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
            assertThat(PROVIDERS.transport().send(Http2Provider.call(provider)).end())
                    .isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @Test
    void a_peer_that_closes_before_it_told_its_settings_is_connect() throws Exception {
        try (RawProvider provider = PROVIDERS.scripted(connection -> connection.read(24))) {
            AttemptEnd.Failed end = Http2Provider.failed(PROVIDERS.transport().send(Http2Provider.call(provider)));

            assertThat(end.error().code()).isEqualTo(CallErrorCode.CONNECT);
            assertThat(end.sent()).isFalse();
        }
    }
}
