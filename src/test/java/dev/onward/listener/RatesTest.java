package dev.onward.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {

    private final AtomicLong nanoTime = new AtomicLong();

    @Test
    void a_key_may_ask_for_two_seconds_at_once_and_is_told_when_to_come_back() {
        RequestRate rate = new RequestRate(5, nanoTime::get);
        for (int i = 0; i < 10; i++) {
            rate.count("k-1", "/api/v1/actions");
        }
        assertThatThrownBy(() -> rate.count("k-1", "/api/v1/actions"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(200)))
                .hasMessageContaining("5 requests in a second")
                .hasMessageContaining("10 at once");
        assertThatCode(() -> rate.count("k-2", "/api/v1/actions")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/actions/A/invoke",
                "/api/v1/actions/A/test",
                "/api/v1/actions/A/invocations",
                "/api/v1/actions/A/calls",
                "/api/v1/journeys/J/audience",
                "/api/v1/journeys/J/test",
                "/api/v1/events"
            })
    void what_runs_actions_is_not_counted(String path) {
        RequestRate rate = new RequestRate(1, nanoTime::get);
        assertThatCode(() -> {
                    for (int i = 0; i < 100; i++) {
                        rate.count("k", path);
                    }
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/actions",
                "/api/v1/actions/invoke",
                "/api/v1/actions/test",
                "/api/v1/actions/A/render",
                "/api/v1/actionsX/A/invoke",
                "/api/v1/journeys/audience",
                "/api/v1/journeys/J/invoke",
                "/api/v1/logs/events",
                "/api/v1/events/x",
                "/events",
                ""
            })
    void everything_else_is_counted(String path) {
        RequestRate rate = new RequestRate(1, nanoTime::get);
        rate.count("k", path);
        rate.count("k", path);
        assertThatThrownBy(() -> rate.count("k", path)).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void only_invocations_calls_and_events_are_streams() {
        assertThat(RunTimeRoutes.takesStream("/api/v1/actions/A/invocations", Optional.empty()))
                .isTrue();
        assertThat(RunTimeRoutes.takesStream("/api/v1/actions/invocations", Optional.empty()))
                .isFalse();
        assertThat(RunTimeRoutes.takesStream("/api/v1/actions/A/invoke", Optional.empty()))
                .isFalse();
        assertThat(RunTimeRoutes.takesStream("/api/v1/actions/A/calls", Optional.of("Application/x-ndjson")))
                .isTrue();
        assertThat(RunTimeRoutes.takesStream("/api/v1/actions/A/calls", Optional.of("application/json")))
                .isFalse();
        assertThat(RunTimeRoutes.takesStream("/api/v1/events", Optional.of("application/x-ndjson")))
                .isTrue();
        assertThat(RunTimeRoutes.takesStream("/api/v1/events", Optional.of("application/json")))
                .isFalse();
    }

    @Test
    void a_rate_of_nothing_is_no_limit() {
        RequestRate rate = new RequestRate(0, nanoTime::get);
        FailedLogins logins = new FailedLogins(0, nanoTime::get);
        for (int i = 0; i < 10_000; i++) {
            rate.count("k", "/api/v1/actions");
            logins.count("192.0.2.1");
        }
        assertThat(logins.delay("192.0.2.1")).isEmpty();
    }

    @Test
    void an_address_may_be_wrong_for_thirty_seconds_at_once() {
        FailedLogins logins = new FailedLogins(2, nanoTime::get);
        for (int i = 0; i < 60; i++) {
            assertThat(logins.delay("192.0.2.1")).isEmpty();
            assertThat(logins.count("192.0.2.1")).isEmpty();
        }
        assertThat(logins.delay("192.0.2.1")).contains(Duration.ofMillis(500));
        assertThat(logins.count("192.0.2.1")).contains(Duration.ofMillis(500));
        assertThat(logins.delay("192.0.2.2")).isEmpty();
        nanoTime.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(logins.delay("192.0.2.1")).isEmpty();
    }

    @Test
    void addresses_of_one_ipv6_network_count_together() {
        FailedLogins logins = new FailedLogins(1, nanoTime::get);
        for (int i = 0; i < 30; i++) {
            logins.count("2001:db8:1:2::" + i);
        }
        assertThat(logins.delay("2001:db8:1:2:ffff::1")).isPresent();
        assertThat(logins.delay("2001:db8:1:3::1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_001})
    void a_rate_out_of_range_stops_the_start(int perSecond) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestRate(perSecond, nanoTime::get))
                .withMessageContaining("onward.listener.requests-per-second")
                .withMessageContaining("found " + perSecond);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailedLogins(perSecond, nanoTime::get))
                .withMessageContaining("onward.listener.failed-logins-per-second");
    }
}
