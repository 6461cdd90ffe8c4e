package dev.onward.action;

import dev.onward.value.MemberReader;
import java.time.Duration;
import java.util.Optional;

/** Reads the member {@code durable}. */
final class DurabilityReader {

    private static final Duration MIN_AGE = Duration.ofSeconds(1);
    private static final Duration MIN_BACK_OFF = Duration.ofMillis(1);
    private static final Duration MAX_BACK_OFF = Duration.ofHours(1);

    private DurabilityReader() {}

    static Durability read(MemberReader reader) {
        return reader.object("durable").map(DurabilityReader::durability).orElse(Durability.DEFAULT);
    }

    private static Durability durability(MemberReader reader) {
        Duration maxAge = reader.duration("maxAge", MIN_AGE, Durability.LONGEST).orElse(Durability.DEFAULT.maxAge());
        Optional<MemberReader> backOff = reader.object("backoff");
        Duration base = backOff.flatMap(inner -> inner.duration("base", MIN_BACK_OFF, MAX_BACK_OFF))
                .orElse(Durability.DEFAULT.base());
        Duration cap = backOff.flatMap(inner -> inner.duration("cap", base, MAX_BACK_OFF))
                .orElse(base.compareTo(Durability.DEFAULT.cap()) > 0 ? base : Durability.DEFAULT.cap());
        backOff.ifPresent(MemberReader::finish);
        reader.finish();
        return new Durability(maxAge, base, cap, true);
    }
}
