package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(ints = {-1, 11})
    void a_number_of_retries_out_of_its_bounds_is_refused(int retries) {
        assertThatThrownBy(() -> new RetryPolicy(retries, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 10, found " + retries);
    }

    @ParameterizedTest
    @CsvSource({"-PT0.001S, PT0S", "PT0S, -PT0.001S", "PT1H0.001S, PT1H", "PT1H, PT1H0.001S"})
    void a_back_off_out_of_its_bounds_is_refused(Duration base, Duration cap) {
        assertThatThrownBy(() -> new RetryPolicy(3, RetryOn.DEFAULT, base, cap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from zero to PT1H");
    }

    @Test
    void the_bounds_themselves_are_allowed() {
        assertThat(new RetryPolicy(0, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO).maxRetries())
                .isZero();
        assertThat(new RetryPolicy(10, RetryOn.DEFAULT, HOUR, HOUR).cap()).isEqualTo(HOUR);
    }
}
