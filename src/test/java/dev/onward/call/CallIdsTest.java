package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0193b3a0-0000-4000-8000-000000000000",
                "0193B3A0-0000-7000-8000-000000000000",
                "0193b3a00000700080000000000000000",
                "193b3a0-0-7000-8000-0",
                "0193b3a0-0000-7000-8000-000000000000 "
            })
    void what_is_no_call_id_is_not_parsed(String text) {
        assertThat(CallId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x5555_5555_5555_5555L})
    void an_id_has_version_and_variant_whatever_the_random_bits(long bits) {
        RandomGenerator same = () -> bits;
        CallId id = new CallIds(CLOCK, same).next();
        assertThat(id.uuid().version()).isEqualTo(7);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(id.madeAt()).isEqualTo(NOW);
        assertThat(CallId.parse(id.toString())).contains(id);
    }

    @Test
    void ids_of_one_millisecond_differ() {
        CallIds ids = new CallIds(CLOCK, new Random(7));
        Set<CallId> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        assertThat(made).hasSize(10_000);
    }

    @Test
    void ids_sort_by_time_as_text() {
        Random random = new Random(7);
        String earlier = new CallIds(CLOCK, random).next().toString();
        Clock later = Clock.fixed(NOW.plusMillis(1), ZoneOffset.UTC);
        assertThat(new CallIds(later, random).next().toString()).isGreaterThan(earlier);
    }
}
