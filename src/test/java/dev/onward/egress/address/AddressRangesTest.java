package dev.onward.egress.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.Cases;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressRangesTest {

    private final AddressRanges ranges = new AddressRanges(Set::of);

    static Stream<JsonNode> addresses() {
        return Cases.of("addresses");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void only_public_addresses_pass(JsonNode given) {
        IpAddress address = address(given);

        assertThat(ranges.refusal(address).isEmpty())
                .isEqualTo(given.path("public").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void the_jdk_and_back_changes_no_address(JsonNode given) {
        IpAddress address = address(given);

        assertThat(IpAddress.of(address.toInetAddress("h.example"))).isEqualTo(address);
        assertThat(IpAddress.parse(address.toString())).contains(address);
        assertThat(IpAddress.parse(address.toV6Text())).contains(address);
    }

    @Test
    void this_machines_own_addresses_are_not_public() {
        IpAddress own = IpAddress.parse("9.8.7.6").orElseThrow();
        AddressRanges withOwn = new AddressRanges(() -> Set.of(own));

        assertThat(withOwn.refusal(own)).contains("an address of this machine");
        assertThat(withOwn.refusal(IpAddress.parse("9.8.7.7").orElseThrow())).isEmpty();
    }

    @Test
    void the_operator_learns_the_block_and_its_use() {
        assertThat(ranges.refusal(IpAddress.parse("169.254.169.254").orElseThrow()))
                .contains("169.254.0.0/16, link-local");
    }

    private static IpAddress address(JsonNode given) {
        return IpAddress.parse(given.path("address").textValue()).orElseThrow();
    }
}
