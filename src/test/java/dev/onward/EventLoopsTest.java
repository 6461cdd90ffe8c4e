package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoopsTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "4,2", "16,8"})
    void takesHalfOfTheProcessorsAndAtLeastOne(int processors, String loops) {
        assertThat(new EventLoops(processors).getValue(EventLoops.NAME)).isEqualTo(loops);
    }

    @Test
    void saysNothingOfOtherSettings() {
        assertThat(new EventLoops(4).getValue("quarkus.http.port")).isNull();
        assertThat(new EventLoops(4).getPropertyNames()).containsExactly(EventLoops.NAME);
    }

    @Test
    void isFoundByTheConfigurationAndGivesWayToASetting() {
        String half = new EventLoops().getValue(EventLoops.NAME);

        assertThat(valueBeside(Map.of())).isEqualTo(half);
        assertThat(valueBeside(Map.of(EventLoops.NAME, "7"))).isEqualTo("7");
    }

    private static String valueBeside(Map<String, String> settings) {
        ConfigSource operators = new PropertiesConfigSource(settings, "settings", 250);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredSources()
                .withSources(operators)
                .build();
        return config.getValue(EventLoops.NAME, String.class);
    }
}
