package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EgressConfigTest {

    @Test
    void an_empty_value_equals_an_unset_one() {
        EgressConfig config =
                config(Map.of("onward.egress.allow", "", "onward.egress.schemes", "", "onward.egress.ports", ""));

        assertThat(config.allow()).isEmpty();
        assertThat(config.schemes()).isEmpty();
        assertThat(config.ports()).isEmpty();
    }

    @Test
    void values_are_separated_by_commas() {
        EgressConfig config = config(Map.of("onward.egress.allow", "team=a.example:1,::1,10.0.0.0/8"));

        assertThat(config.allow().orElseThrow()).containsExactly("team=a.example:1", "::1", "10.0.0.0/8");
    }

    private static EgressConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(EgressConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(EgressConfig.class);
    }
}
