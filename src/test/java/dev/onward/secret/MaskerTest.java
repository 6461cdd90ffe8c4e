package dev.onward.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {

    private static final String SECRET = "p@ss/w\"rd+ é\\1";

    private final Masker masker = Masker.of(List.of(SecretText.of(SECRET)));

    @Test
    void a_secret_is_masked_as_it_is_and_as_urls_and_json_write_it() {
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(masker.mask("a=" + SECRET + ".")).isEqualTo("a=***.");
        assertThat(masker.mask("?k=" + encoded + "&b=1")).isEqualTo("?k=***&b=1");
        assertThat(masker.mask("?k=" + encoded.replace("+", "%20"))).isEqualTo("?k=***");
        assertThat(masker.mask("p%40ss%2fw%22rd%2b%20%c3%a9%5c1")).isEqualTo("***");
        assertThat(masker.mask("{\"k\":\"p@ss/w\\\"rd+ é\\\\1\"}")).isEqualTo("{\"k\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:", "someone@example.com:"})
    void a_secret_inside_base64_is_masked_at_every_alignment(String before) {
        byte[] bytes = (before + SECRET + "!").getBytes(StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(bytes);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThat(masker.mask(basic)).contains("***").hasSizeLessThan(basic.length() - 12);
        assertThat(masker.mask(url)).contains("***").hasSizeLessThan(url.length() - 12);
    }

    @Test
    void of_two_secrets_one_inside_the_other_nothing_stays() {
        Masker both = Masker.of(List.of(SecretText.of("token"), SecretText.of("token-1234")));
        assertThat(both.mask("token-1234 token")).isEqualTo("*** ***");
        Masker joined = Masker.of(List.of(SecretText.of("token"))).and(Masker.of(List.of(SecretText.of("token-1234"))));
        assertThat(joined.mask("token-1234 token")).isEqualTo("*** ***");
    }

    @Test
    void a_very_short_secret_is_masked_only_as_a_whole_text() {
        Masker shortOne = Masker.of(List.of(SecretText.of("abc")));
        assertThat(shortOne.mask("abc")).isEqualTo("***");
        assertThat(shortOne.mask("abcd")).isEqualTo("abcd");
    }

    @Test
    void nothing_is_masked_without_secrets_and_an_empty_one_masks_nothing() {
        assertThat(Masker.NONE.mask("abc")).isEqualTo("abc");
        assertThat(Masker.NONE.isEmpty()).isTrue();
        assertThat(Masker.of(List.of(SecretText.of(""))).mask("abc")).isEqualTo("abc");
        assertThat(Masker.NONE.and(masker).mask(SECRET)).isEqualTo("***");
        assertThat(masker.and(Masker.NONE).mask(SECRET)).isEqualTo("***");
    }

    @Test
    void a_secret_text_does_not_show_its_value() {
        assertThat(SecretText.of("abc")).hasToString("***").isEqualTo(SecretText.of("abc"));
    }
}
