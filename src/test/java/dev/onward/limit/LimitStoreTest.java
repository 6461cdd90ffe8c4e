package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.ChangeFeed;
import dev.onward.limit.ThrottleDrains.Drain;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String DOCUMENT = "{}";

    private final SteppedClock clock = new SteppedClock();
    private final LimitStore store = new LimitStore(DATABASE.database(), new ChangeFeed(DATABASE.database()), clock);

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("truncate onward.limit_config, onward.throttle_drain"));
    }

    @Test
    void a_throttling_drains_for_a_day_after_it_was_undeployed() {
        LimitConfig config = deployed(LimitKind.THROTTLING);
        clock.advance(Duration.ofHours(1));
        Instant since = clock.instant();
        deploy(config, Optional.empty());
        assertThat(store.deployed(Sandbox.DEFAULT).deployed()).isEmpty();
        clock.advance(Duration.ofHours(23));
        assertThat(store.deployed(Sandbox.DEFAULT).drains()).containsExactly(new Drain(config.uid(), DOCUMENT, since));
        clock.advance(Duration.ofHours(1));
        assertThat(store.deployed(Sandbox.DEFAULT).drains()).isEmpty();
    }

    @Test
    void one_that_is_deployed_again_is_for_all_calls() {
        LimitConfig config = deployed(LimitKind.THROTTLING);
        deploy(config, Optional.empty());
        deploy(config, Optional.of(DOCUMENT));
        assertThat(store.deployed(Sandbox.DEFAULT).drains()).isEmpty();
    }

    @Test
    void one_that_is_deleted_while_it_is_deployed_drains_too() {
        LimitConfig config = deployed(LimitKind.THROTTLING);
        store.delete(Sandbox.DEFAULT, LimitKind.THROTTLING, config.uid().toString(), any -> {});
        assertThat(store.deployed(Sandbox.DEFAULT).drains()).hasSize(1);
    }

    @Test
    void a_capping_makes_nobody_wait_and_has_nothing_to_drain() {
        deploy(deployed(LimitKind.CAPPING), Optional.empty());
        assertThat(store.deployed(Sandbox.DEFAULT).drains()).isEmpty();
    }

    private LimitConfig deployed(LimitKind kind) {
        return deploy(store.create(Sandbox.DEFAULT, kind, DOCUMENT, "key-1"), Optional.of(DOCUMENT));
    }

    private LimitConfig deploy(LimitConfig config, Optional<String> document) {
        return store.change(
                        Sandbox.DEFAULT,
                        config.kind(),
                        config.uid().toString(),
                        before -> new LimitConfig(
                                before.uid(),
                                before.sandbox(),
                                before.kind(),
                                before.document(),
                                document,
                                document.isPresent() ? "deployed" : "created",
                                before.created(),
                                before.modified(),
                                before.lastDeployed()))
                .orElseThrow();
    }

    /** Stands until it is moved. */
    private static final class SteppedClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }
}
