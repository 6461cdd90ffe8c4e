package dev.onward.egress.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;

class JvmNameCacheTest {

    @Test
    void neither_names_that_are_found_nor_those_that_are_not_are_kept() {
        JvmNameCache.turnOff();

        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    }
}
