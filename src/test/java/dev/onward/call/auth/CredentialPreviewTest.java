package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.TestCredentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a rendered message shows what a credential will add to it. */
class CredentialPreviewTest {

    private static final SecretText SECRET = SecretText.of("open-sesame");
    private static final Header OWN = new Header("Accept", "*/*");

    private final OutboundRequest message = to("a=1");

    @Test
    void without_a_credential_nothing_is_added() {
        assertThat(Authenticator.preview(message, Credential.NONE)).isEqualTo(message);
    }

    @Test
    void a_password_or_a_token_made_by_hand_is_a_masked_header() {
        assertThat(List.of(new Authentication.Basic("Aladdin", SECRET), new Authentication.Bearer(SECRET)))
                .extracting(authentication -> preview(authentication).headers())
                .containsOnly(List.of(OWN, new Header("Authorization", "***")));
    }

    @Test
    void a_key_is_masked_where_it_will_stand() {
        OutboundRequest inHeader = preview(new Authentication.ApiKey(new TokenTarget.NamedHeader("X-Key"), SECRET));
        OutboundRequest inQuery = preview(new Authentication.ApiKey(new TokenTarget.QueryParameter("key"), SECRET));

        assertThat(inHeader.headers()).containsExactly(OWN, new Header("X-Key", "***"));
        assertThat(inHeader.url()).isEqualTo("https://api.example.com/v1?a=1");
        assertThat(inQuery.headers()).containsExactly(OWN);
        assertThat(inQuery.url()).isEqualTo("https://api.example.com/v1?a=1&key=***");
    }

    @Test
    void a_token_that_will_be_fetched_is_masked_in_its_scheme() {
        assertThat(Authenticator.preview(message, TestCredentials.token()).headers())
                .containsExactly(OWN, new Header("Authorization", "Bearer ***"));
    }

    @Test
    void every_header_of_a_signature_is_masked() {
        assertThat(preview(new Authentication.Signature(SignatureScheme.STANDARD_WEBHOOKS, SECRET, ""))
                        .headers())
                .containsExactly(
                        OWN,
                        new Header("webhook-id", "***"),
                        new Header("webhook-timestamp", "***"),
                        new Header("webhook-signature", "***"));
    }

    @Test
    void secret_headers_and_query_parameters_are_masked_and_nothing_stands_beside_them() {
        Credential secrets = TestCredentials.of(new Authentication.None())
                .with(Map.of("X-Tenant", SECRET), Map.of("tenant", SECRET));

        OutboundRequest preview = Authenticator.preview(message, secrets);

        assertThat(preview.headers()).containsExactly(OWN, new Header("X-Tenant", "***"));
        assertThat(preview.url()).isEqualTo("https://api.example.com/v1?a=1&tenant=***");
    }

    @Test
    void a_header_of_the_message_is_shown_as_what_will_take_its_place() {
        OutboundRequest own = new OutboundRequest(
                message.method(), message.destination(), List.of(OWN, new Header("x-key", "mine")), message.body());
        Credential key = TestCredentials.of(new Authentication.ApiKey(new TokenTarget.NamedHeader("X-Key"), SECRET));

        assertThat(Authenticator.preview(own, key).headers()).containsExactly(OWN, new Header("X-Key", "***"));
    }

    @Test
    void a_url_without_room_for_the_mask_is_shown_as_it_is() {
        OutboundRequest full = to("a=" + "1".repeat(7_970));
        Credential key = TestCredentials.of(new Authentication.ApiKey(new TokenTarget.QueryParameter("key"), SECRET));

        assertThat(Authenticator.preview(full, key)).isEqualTo(full);
    }

    private OutboundRequest preview(Authentication authentication) {
        return Authenticator.preview(message, TestCredentials.of(authentication));
    }

    private static OutboundRequest to(String query) {
        Destination destination = new Destination(Scheme.HTTPS, "api.example.com", 443, "/v1", query);
        return new OutboundRequest(HttpMethod.POST, destination, List.of(OWN), Optional.empty());
    }
}
