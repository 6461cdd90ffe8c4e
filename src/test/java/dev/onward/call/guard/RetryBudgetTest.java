package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

    private final RetryBudget budget = new RetryBudget();

    @ParameterizedTest
    @CsvSource({"1, 3", "15, 3", "19, 3", "20, 4", "24, 4", "25, 5", "1000, 200"})
    void a_fifth_of_the_calls_may_be_in_a_retry_but_three_in_any_case(int calls, int retries) {
        for (int i = 0; i < calls; i++) {
            budget.callBegins();
        }
        for (int i = 0; i < retries; i++) {
            assertThat(budget.tryRetry()).isTrue();
        }
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void a_retry_that_ends_makes_room_and_a_refused_one_takes_none() {
        budget.callBegins();
        for (int i = 0; i < 5; i++) {
            budget.tryRetry();
        }

        budget.retryEnds();

        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void calls_that_end_take_their_share_along() {
        for (int i = 0; i < 20; i++) {
            budget.callBegins();
        }
        budget.callEnds();
        for (int i = 0; i < 3; i++) {
            assertThat(budget.tryRetry()).isTrue();
        }
        assertThat(budget.tryRetry()).isFalse();
    }
}
