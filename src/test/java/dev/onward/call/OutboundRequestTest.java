package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboundRequestTest {

    private final OutboundRequest request = new OutboundRequest(
            HttpMethod.GET,
            new Destination(Scheme.HTTPS, "sms.example.com", 443, "/v1", "a=1"),
            List.of(),
            Optional.empty());

    @Test
    void its_origin_names_the_port_even_when_it_is_the_default() {
        assertThat(request.origin()).isEqualTo("https://sms.example.com:443");
    }

    @Test
    void its_url_is_the_one_of_the_log() {
        assertThat(request.url()).isEqualTo("https://sms.example.com/v1?a=1");
    }

    @Test
    void its_host_stands_without_a_port() {
        assertThat(request.host()).isEqualTo("sms.example.com");
    }
}
