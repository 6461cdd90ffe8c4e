package dev.onward.egress.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmNameCacheTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({
        "     ,    , 1",
        "0    ,    , 30",
        "5    ,    , 25",
        "29   ,    , 1",
        "30   ,    , 1",
        "3600 ,    , 1",
        "-1   ,    , 1",
        "     , 10 , 20",
        "     , -1 , 1",
        "5    , 10 , 25",
        "five , 10 , 20",
        "five , ten, 1"
    })
    void both_ages_together_are_within_the_limit(String security, String system, long seconds) {
        assertThat(JvmNameCache.leaves(LIMIT, Optional.ofNullable(security), Optional.ofNullable(system)))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void the_process_has_an_age_too() {
        assertThat(JvmNameCache.leaves(LIMIT)).isBetween(Duration.ofSeconds(1), LIMIT);
    }
}
