package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentlyCheckedTest {

    private static final Destination HOST = new Destination(Scheme.HTTPS, "a.example", 443, "/", "");
    private static final List<InetAddress> ADDRESSES = List.of(InetAddress.getLoopbackAddress());

    private final AtomicLong now = new AtomicLong();
    private final List<String> asked = new ArrayList<>();
    private boolean refuses;

    private final RecentlyChecked resolver = new RecentlyChecked(this::check, now::get);

    @Test
    void a_refusal_is_asked_for_again() {
        refuses = true;
        assertThat(resolver.resolve("prod", HOST).toCompletableFuture()).isCompletedExceptionally();
        assertThat(resolver.resolve("prod", HOST).toCompletableFuture()).isCompletedExceptionally();
        refuses = false;
        assertThat(addresses("prod", HOST)).isEqualTo(ADDRESSES);
        assertThat(asked).hasSize(3);
    }

    @Test
    void what_was_allowed_counts_for_a_second() {
        assertThat(addresses("prod", HOST)).isEqualTo(ADDRESSES);
        now.set(RecentlyChecked.MAX_AGE.minus(Duration.ofNanos(1)).toNanos());
        refuses = true;
        assertThat(addresses("prod", HOST.withPathAndQuery("/other", "q=1"))).isEqualTo(ADDRESSES);
        assertThat(asked).hasSize(1);

        now.set(RecentlyChecked.MAX_AGE.toNanos());
        assertThat(resolver.resolve("prod", HOST).toCompletableFuture()).isCompletedExceptionally();
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_is_allowed_in_one_place_says_nothing_of_another() {
        addresses("prod", HOST);
        addresses("stage", HOST);
        addresses("prod", new Destination(Scheme.HTTP, "a.example", 443, "/", ""));
        addresses("prod", new Destination(Scheme.HTTPS, "b.example", 443, "/", ""));
        addresses("prod", new Destination(Scheme.HTTPS, "a.example", 8443, "/", ""));
        assertThat(asked).hasSize(5);
    }

    private CompletionStage<List<InetAddress>> check(String sandbox, Destination destination) {
        asked.add(sandbox + " " + destination.url());
        return refuses
                ? CompletableFuture.failedFuture(new DestinationRefusedException(destination.host(), "test"))
                : CompletableFuture.completedFuture(ADDRESSES);
    }

    private List<InetAddress> addresses(String sandbox, Destination destination) {
        return resolver.resolve(sandbox, destination).toCompletableFuture().join();
    }
}
