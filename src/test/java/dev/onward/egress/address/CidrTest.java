package dev.onward.egress.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "fd00::/129",
                "fd00::1/8",
                "fd00:0:0:1::/63"
            })
    void a_prefix_out_of_range_or_through_the_address_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "example.com", "10.1/8", "10.0.0.0.0/8", "010.0.0.0/8", "fd00/8", "[fd00::]/8"})
    void what_is_no_address_is_no_block(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.0.0.0,        true",
        "10.0.0.0/8,      10.255.255.255,  true",
        "10.0.0.0/8,      11.0.0.0,        false",
        "10.0.0.0/8,      9.255.255.255,   false",
        "10.0.0.4/31,     10.0.0.5,        true",
        "10.0.0.4/31,     10.0.0.6,        false",
        "10.0.0.4,        10.0.0.4,        true",
        "10.0.0.4,        10.0.0.5,        false",
        "0.0.0.0/0,       255.255.255.255, true",
        "0.0.0.0/0,       ::1,             false",
        "::/0,            ::1,             true",
        "::/0,            ffff::,          true",
        "::/0,            127.0.0.1,       false",
        "::ffff:0:0/96,   127.0.0.1,       true",
        "fd00::/8,        fdff::1,         true",
        "fd00::/8,        fe00::,          false",
        "fd00:0:0:1::/64, fd00:0:0:1::9,   true",
        "fd00:0:0:1::/64, fd00:0:0:2::9,   false",
        "fd00::8/125,     fd00::f,         true",
        "fd00::8/125,     fd00::10,        false",
        "fd00::8/125,     fd01::8,         false",
        "fd00::8/128,     fd00::8,         true",
    })
    void a_block_holds_the_addresses_with_its_prefix(String block, String address, boolean inside) {
        Cidr cidr = Cidr.parse(block).orElseThrow();

        assertThat(cidr.contains(IpAddress.parse(address).orElseThrow())).isEqualTo(inside);
    }

    @Test
    void prefixes_are_from_0_to_128() {
        IpAddress any = new IpAddress(0, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(any, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(any, 129));
    }
}
