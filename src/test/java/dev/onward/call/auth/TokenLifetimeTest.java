package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLifetimeTest {

    @Test
    void a_fixed_one_lasts_ten_years_at_most() {
        assertThat(TokenLifetime.of(TokenLifetime.LONGEST).fixed()).isEqualTo(Duration.ofDays(3_650));
        assertThatThrownBy(() -> TokenLifetime.of(Duration.ofDays(3_650).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_fixed_one_takes_time(long nanos) {
        assertThatThrownBy(() -> TokenLifetime.of(Duration.ofNanos(nanos)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than zero");
    }

    @ParameterizedTest
    @CsvSource({"90, PT1H30M", "0.5, PT30S", "-1, PT-1M", "1e17, P3650D", "-1e17, P-3650D"})
    void a_told_one_is_counted_in_its_unit(BigDecimal units, Duration length) {
        TokenLifetime minutes = TokenLifetime.at(new TokenPath(List.of("minutes")), Duration.ofMinutes(1));

        assertThat(minutes.of(units)).isEqualTo(length);
    }
}
