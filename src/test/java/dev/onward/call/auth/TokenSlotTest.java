package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.call.auth.TokenAnswer.Granted;
import dev.onward.call.auth.TokenFetch.Fetched;
import dev.onward.call.auth.TokenSlot.Held;
import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** When a token is fetched, to the nanosecond. */
class TokenSlotTest {

    private static final Duration LIFE = Duration.ofSeconds(100);
    private static final Duration INSTANT = Duration.ofNanos(1);

    private final FakeTimer timer = new FakeTimer();
    private final TokenSlot slot = new TokenSlot();
    private int fetches;

    @Test
    void a_token_is_not_used_from_the_end_of_its_life_on() {
        use();
        timer.advance(LIFE);
        CompletableFuture<Held> next = getBy(new CompletableFuture<>());
        assertThat(next).isNotDone();
    }

    @Test
    void a_token_is_used_to_the_last_instant_of_its_life() {
        use();
        timer.advance(LIFE.minus(INSTANT));
        CompletableFuture<Held> next = getBy(new CompletableFuture<>());
        assertThat(text(next)).isEqualTo("token-1");
    }

    @Test
    void the_last_tenth_of_its_life_a_new_one_is_fetched() {
        use();
        timer.advance(Duration.ofSeconds(90).minus(INSTANT));
        use();
        assertThat(fetches).isEqualTo(1);
        timer.advance(INSTANT);
        use();
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void after_a_failure_the_endpoint_is_left_alone_for_a_second() {
        fails(noToken());
        timer.advance(Duration.ofSeconds(1).minus(INSTANT));
        assertThat(get()).isCompletedExceptionally();
        assertThat(fetches).isEqualTo(1);
        timer.advance(INSTANT);
        assertThat(text(get())).isEqualTo("token-2");
    }

    @Test
    void with_every_failure_the_endpoint_is_left_alone_for_twice_as_long_up_to_half_a_minute() {
        for (int seconds : List.of(1, 2, 4, 8, 16, 30, 30)) {
            fails(noToken());
            int before = fetches;
            timer.advance(Duration.ofSeconds(seconds).minus(INSTANT));
            assertThat(get()).isCompletedExceptionally();
            assertThat(fetches).as("fetches within %d s", seconds).isEqualTo(before);
            timer.advance(INSTANT);
        }
        assertThat(get()).isCompleted();
    }

    @Test
    void a_failure_that_comes_through_other_steps_counts_as_well() {
        fails(new CompletionException(noToken()));
        assertThat(get()).isCompletedExceptionally();
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void after_a_bug_the_next_one_asks_at_once() {
        fails(new IllegalStateException("bug"));
        assertThat(text(get())).isEqualTo("token-2");
    }

    @Test
    void who_heard_that_an_older_token_was_refused_may_use_the_one_of_now() {
        Token older = held(get());
        timer.advance(LIFE);
        Token newer = held(get());
        assertThat(slot.refused(older, timer)).isTrue();
        assertThat(held(get())).isEqualTo(newer);
    }

    @Test
    void tokens_that_are_all_refused_are_replaced_every_ten_seconds() {
        assertThat(slot.refused(held(get()), timer)).isTrue();
        timer.advance(Duration.ofSeconds(10).minus(INSTANT));
        assertThat(slot.refused(held(get()), timer)).isFalse();
        timer.advance(INSTANT);
        assertThat(slot.refused(held(get()), timer)).isTrue();
        assertThat(text(get())).isEqualTo("token-3");
    }

    private void use() {
        assertThat(get()).isCompleted();
    }

    private CompletableFuture<Held> get() {
        return getBy(CompletableFuture.completedFuture(fetched()));
    }

    private void fails(Throwable fault) {
        assertThat(getBy(CompletableFuture.failedFuture(fault))).isCompletedExceptionally();
    }

    private CompletableFuture<Held> getBy(CompletionStage<Fetched> fetch) {
        return slot.get(false, timer, () -> {
                    fetches++;
                    return fetch;
                })
                .toCompletableFuture();
    }

    private static AuthenticationException noToken() {
        return new AuthenticationException(new CallError(CallErrorCode.AUTH_FAILED, "no"), Optional.empty());
    }

    private static Token held(CompletableFuture<Held> got) {
        assertThat(got).isCompleted();
        return got.join().token();
    }

    private static String text(CompletableFuture<Held> got) {
        return held(got).text().reveal();
    }

    /** What the next fetch brings. */
    private Fetched fetched() {
        Optional<Duration> no = Optional.empty();
        AttemptRecord exchange = new AttemptRecord(
                1,
                Instant.EPOCH,
                HttpMethod.POST,
                "https://login.example.com/token",
                new CapturedMessage(List.of(), Optional.empty(), false),
                OptionalInt.of(200),
                Optional.empty(),
                Optional.empty(),
                new Timings(no, no, no, no, no, Duration.ZERO),
                Passage.PLAIN,
                Optional.empty());
        return new Fetched(new Granted("token-" + (fetches + 1), LIFE, Optional.empty()), exchange);
    }
}
