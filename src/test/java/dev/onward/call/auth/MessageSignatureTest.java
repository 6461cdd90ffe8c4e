package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.egress.Header;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.Calls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSignatureTest {

    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example of the standard's reference libraries. */
    @ParameterizedTest
    @ValueSource(strings = {SECRET, "whsec_" + SECRET})
    void a_webhook_is_signed_as_the_standard_says(String secret) {
        Authentication.Signature signature =
                new Authentication.Signature(SignatureScheme.STANDARD_WEBHOOKS, SecretText.of(secret), "");
        Calls call = Calls.to(1).key("msg_p5jXN8AQM9LWM0D4loKWxJek").body(utf8("{\"test\": 2432232314}"));

        assertThat(headers(signature, call))
                .containsExactly(
                        new Header("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                        new Header("webhook-timestamp", "1614265330"),
                        new Header("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    /** The example of GitHub's documentation of webhooks. */
    @Test
    void a_body_is_signed_in_a_header_of_ones_own() {
        Authentication.Signature signature = new Authentication.Signature(
                SignatureScheme.HMAC_SHA256, SecretText.of("It's a Secret to Everybody"), "X-Hub-Signature-256");

        assertThat(headers(signature, Calls.to(1).body(utf8("Hello, World!"))))
                .containsExactly(new Header(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
    }

    private static List<Header> headers(Authentication.Signature signature, Calls call) {
        return MessageSignature.of(signature, call.build(), Instant.ofEpochSecond(1_614_265_330)).stream()
                .map(Addition.OfHeader.class::cast)
                .map(Addition.OfHeader::header)
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
