package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Delivery;
import dev.onward.call.ExchangeReport;
import dev.onward.call.http.Http2Provider.Play;
import dev.onward.testsupport.RawProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections and streams that a provider gives up. */
class Http2GoingAwayTest {

    @RegisterExtension
    static final Http2Provider PROVIDERS = new Http2Provider();

    @Test
    void a_refused_stream_is_sent_again_at_once_even_when_it_may_be_seen_once_at_most() throws Exception {
        Play script = frames -> {
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.playing(script)) {
            ExchangeReport report =
                    PROVIDERS.transport().send(Http2Provider.call(provider).delivery(Delivery.AT_MOST_ONCE));

            assertThat(report.end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @Test
    void a_stream_that_is_refused_twice_was_not_sent() throws Exception {
        Play script = frames -> {
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.reset(frames.request(), Http2Frames.REFUSED_STREAM);
            frames.answerAll("{}");
        };
        try (RawProvider provider = PROVIDERS.playing(script)) {
            ExchangeReport report = PROVIDERS.transport().send(Http2Provider.call(provider));

            assertThat(Http2Provider.failed(report).error().code()).isEqualTo(CallErrorCode.RESET);
            assertThat(Http2Provider.failed(report).sent()).isFalse();
        }
    }

    @Test
    void a_stream_beyond_the_last_one_of_a_connection_that_goes_away_is_sent_on_another() throws Exception {
        Play goesAway = frames -> {
            frames.answer(frames.request(), "{}");
            int stream = frames.request();
            frames.goAway(stream - 2, Http2Frames.NO_ERROR);
            frames.request();
        };
        try (RawProvider provider = PROVIDERS.playing(goesAway, Http2Provider.answeringAll("\"new\""))) {
            PROVIDERS.transport().send(Http2Provider.call(provider));
            ExchangeReport report =
                    PROVIDERS.transport().send(Http2Provider.call(provider).delivery(Delivery.AT_MOST_ONCE));

            assertThat(Http2Provider.body(report)).isEqualTo("\"new\"");
            assertThat(provider.accepted()).isEqualTo(2);
        }
    }

    @Test
    void a_stream_that_a_connection_still_answers_while_it_goes_away_is_answered() throws Exception {
        Play goesAway = frames -> {
            int stream = frames.request();
            frames.goAway(stream, Http2Frames.NO_ERROR);
            frames.answer(stream, "\"late\"");
        };
        try (RawProvider provider = PROVIDERS.playing(goesAway, Http2Provider.answeringAll("\"new\""))) {
            assertThat(Http2Provider.body(PROVIDERS.transport().send(Http2Provider.call(provider))))
                    .isEqualTo("\"late\"");
            assertThat(Http2Provider.body(PROVIDERS.transport().send(Http2Provider.call(provider))))
                    .isEqualTo("\"new\"");
        }
    }

    @Test
    void a_stale_connection_is_replaced_at_once() throws Exception {
        Play stale = frames -> {
            frames.answer(frames.request(), "{}");
            frames.request();
        };
        try (RawProvider provider = PROVIDERS.playing(stale, Http2Provider.answeringAll("\"new\""))) {
            PROVIDERS.transport().send(Http2Provider.call(provider));
            ExchangeReport atMostOnce =
                    PROVIDERS.transport().send(Http2Provider.call(provider).in("other"));
            ExchangeReport report = PROVIDERS.transport().send(Http2Provider.call(provider));

            assertThat(Http2Provider.body(atMostOnce)).isEqualTo("\"new\"");
            assertThat(Http2Provider.body(report)).isEqualTo("\"new\"");
            assertThat(report.passage().connectionReused()).isFalse();
        }
    }
}
