package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.call.auth.Assertion.Use;
import dev.onward.egress.BodyType;
import dev.onward.egress.Header;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.TestCredentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is sent to the endpoint of a token. */
class TokenRequestTest {

    private static final PrivateKey KEY = key();

    @Test
    void a_form_is_written_in_the_order_of_its_parameters() {
        OutboundRequest sent = sent(form("{\"grant_type\":\"password\",\"scope\":\"a b\",\"p&w\":\"=é\"}"));

        assertThat(body(sent)).isEqualTo("grant_type=password&scope=a+b&p%26w=%3D%C3%A9");
    }

    @Test
    void an_object_is_sent_as_it_is_written() {
        OutboundRequest sent = sent(json("{ \"user\": \"é\" }"));

        assertThat(body(sent)).isEqualTo("{ \"user\": \"é\" }");
        assertThat(sent.headers()).contains(new Header("Content-Type", "application/json; charset=UTF-8"));
    }

    @Test
    void headers_that_nobody_set_are_added() {
        assertThat(sent(form("{}")).headers())
                .containsExactly(
                        new Header("Accept", "application/json"),
                        new Header("User-Agent", "Onward/1"),
                        new Header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"));
    }

    @Test
    void headers_that_the_definition_set_stay_as_they_are() {
        Map<String, SecretText> own = Map.of("accept", SecretText.of("*/*"));

        assertThat(sent(request(own, Optional.empty(), Optional.empty())).headers())
                .containsExactly(new Header("accept", "*/*"), new Header("User-Agent", "Onward/1"));
    }

    @Test
    void a_request_without_parameters_has_no_body() {
        assertThat(sent(request(Map.of(), Optional.empty(), Optional.empty())).body())
                .isEmpty();
    }

    @Test
    void a_newer_refresh_token_takes_the_place_of_the_first_and_is_masked() {
        TokenRequest request = form("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"first-one\"}");

        TokenRequest.Message message = request.with(SecretText.of("second-one")).message("Onward/1", Instant.EPOCH);

        assertThat(body(message.request())).isEqualTo("grant_type=refresh_token&refresh_token=second-one");
        assertThat(message.masker().mask("is second-one wrong?")).isEqualTo("is *** wrong?");
    }

    @Test
    void an_assertion_goes_along_and_is_masked() {
        TokenRequest.Message message = asserted().message("Onward/1", Instant.EPOCH);

        Map<String, String> parameters = parameters(body(message.request()));
        assertThat(parameters).containsOnlyKeys("grant_type", "client_assertion", "client_assertion_type");
        assertThat(parameters)
                .extractingByKey("client_assertion")
                .satisfies(text -> assertThat(message.masker().mask(text)).isEqualTo("***"));
    }

    @Test
    void the_type_of_an_assertion_is_no_secret() {
        TokenRequest.Message message = asserted().message("Onward/1", Instant.EPOCH);

        String type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        assertThat(message.masker().mask(type)).isEqualTo(type);
    }

    @Test
    void every_message_has_an_assertion_of_its_own() {
        TokenRequest request = asserted();

        assertThat(body(sent(request))).isNotEqualTo(body(sent(request)));
    }

    @Test
    void a_form_with_a_refresh_token_refreshes() {
        assertThat(form("{\"refresh_token\":\"r\"}").refreshes()).isTrue();
    }

    @Test
    void what_is_no_form_with_a_refresh_token_does_not_refresh() {
        assertThat(form("{\"grant_type\":\"refresh_token\"}").refreshes()).isFalse();
        assertThat(json("{\"refresh_token\":\"r\"}").refreshes()).isFalse();
        assertThat(request(Map.of(), Optional.empty(), Optional.empty()).refreshes())
                .isFalse();
    }

    private static TokenRequest asserted() {
        Optional<String> none = Optional.empty();
        Assertion assertion = new Assertion(Use.CLIENT, "client-1", none, "a", none, none, none, KEY);
        return request(
                Map.of(), body(BodyType.FORM, "{\"grant_type\":\"client_credentials\"}"), Optional.of(assertion));
    }

    private static TokenRequest form(String parameters) {
        return request(Map.of(), body(BodyType.FORM, parameters), Optional.empty());
    }

    private static TokenRequest json(String parameters) {
        return request(Map.of(), body(BodyType.JSON, parameters), Optional.empty());
    }

    private static Optional<TokenRequest.Body> body(BodyType type, String parameters) {
        return Optional.of(new TokenRequest.Body(type, SecretText.of(parameters)));
    }

    private static TokenRequest request(
            Map<String, SecretText> headers, Optional<TokenRequest.Body> body, Optional<Assertion> assertion) {
        return new TokenRequest(
                HttpMethod.POST,
                TestCredentials.TOKEN_ENDPOINT,
                headers,
                body,
                assertion,
                TokenPath.WHOLE,
                TokenLifetime.of(Duration.ofHours(1)),
                Optional.empty());
    }

    private static OutboundRequest sent(TokenRequest request) {
        return request.message("Onward/1", Instant.EPOCH).request();
    }

    private static String body(OutboundRequest sent) {
        return new String(sent.body().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : form.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static PrivateKey key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
