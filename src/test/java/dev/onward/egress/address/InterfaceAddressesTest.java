package dev.onward.egress.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterfaceAddressesTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final InterfaceAddresses addresses = new InterfaceAddresses(nanoTime::get);

    @Test
    void the_loopback_address_is_among_them() {
        assertThat(addresses.get()).contains(IpAddress.parse("127.0.0.1").orElseThrow());
    }

    @Test
    void they_are_read_again_only_when_too_old() {
        Set<IpAddress> first = addresses.get();

        nanoTime.addAndGet(InterfaceAddresses.MAX_AGE.toNanos());
        assertThat(addresses.get()).isSameAs(first);

        nanoTime.incrementAndGet();
        assertThat(addresses.get()).isNotSameAs(first);
    }
}
