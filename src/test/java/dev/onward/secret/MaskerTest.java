package dev.onward.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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

    @Test
    void a_short_secret_is_masked_where_it_is_a_whole_value_of_a_query() {
        Masker both = Masker.of(List.of(SecretText.of("a b"), SecretText.of(SECRET)));
        String long1 = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertThat(both.maskUrl("https://h/a%20b?a%20b&k=a%20b&l=a+b&m=" + long1 + "&n=a%20bc&o="))
                .isEqualTo("https://h/a%20b?***&k=***&l=***&m=***&n=a%20bc&o=");
        assertThat(both.maskUrl("https://h/" + long1)).isEqualTo("https://h/***");
        assertThat(both.maskUrl("https://h/?")).isEqualTo("https://h/?");
        assertThat(Masker.NONE.maskUrl("https://h/?a=%zz")).isEqualTo("https://h/?a=%zz");
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
    void random_secrets_are_masked_in_every_form() {
        Random random = new Random(20_260_101);
        ObjectMapper json = new ObjectMapper();
        ObjectMapper ascii =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        for (int i = 0; i < 2_000; i++) {
            String secret = randomSecret(random);
            Masker masking = Masker.of(List.of(SecretText.of(secret)));
            for (String form : forms(secret, json, ascii)) {
                assertThat(masking.mask("<" + form + ">"))
                        .as("'%s' written '%s'", secret, form)
                        .isEqualTo("<***>");
            }
        }
    }

    private static String randomSecret(Random random) {
        String nasty = "%\\\"/+ ~*=&'<>\n\t\r\u0001\u007f-._!é€\u2028u0ABz2";
        StringBuilder secret = new StringBuilder();
        int length = 6 + random.nextInt(20);
        while (secret.length() < length) {
            boolean astral = random.nextInt(30) == 0;
            secret.append(astral ? "\uD83D\uDE00" : nasty.charAt(random.nextInt(nasty.length())));
        }
        return secret.toString();
    }

    private static List<String> forms(String secret, ObjectMapper json, ObjectMapper ascii) {
        List<String> forms = new ArrayList<>(List.of(secret));
        forms.addAll(encoded(secret));
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        String urlBase64 = base64.replace('+', '-').replace('/', '_');
        forms.add(base64);
        forms.addAll(encoded(base64));
        forms.add(urlBase64);
        forms.addAll(encoded(urlBase64));
        for (ObjectMapper writer : List.of(json, ascii)) {
            String once = inside(writer, secret);
            forms.add(once);
            forms.add(once.replace("/", "\\/"));
            forms.add(inside(writer, once));
            forms.addAll(encoded(once));
        }
        forms.add(inside(json, base64).replace("/", "\\/"));
        return forms;
    }

    private static String inside(ObjectMapper writer, String text) {
        try {
            String quoted = writer.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException bug) {
            throw new AssertionError(bug);
        }
    }

    /** As forms, as URLs (RFC 3986) and as those who escape everything write it, in either case, and once more. */
    private static List<String> encoded(String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String url = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        String all =
                url.replace("~", "%7E").replace("-", "%2D").replace("_", "%5F").replace(".", "%2E");
        List<String> encoded = new ArrayList<>();
        for (String once : List.of(form, url, all)) {
            encoded.add(once);
            encoded.add(lower(once));
            encoded.add(once.replace("%", "%25"));
        }
        return encoded;
    }

    private static String lower(String encoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(encoded)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void a_large_text_is_masked_fast() {
        Masker many = Masker.of(IntStream.range(0, 10)
                .mapToObj(i -> SecretText.of("%" + i + "\\secret/" + i))
                .toList());
        String text = "{\"name\":\"%41\\\\n+ secret\",".repeat(40_000);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> many.mask(text)))
                .isEqualTo(text);
    }

    @Test
    void secrets_that_overlap_go_under_one_mask() {
        Masker both = Masker.of(List.of(SecretText.of("abcdefgh"), SecretText.of("efghijkl")));
        assertThat(both.mask("-abcdefghijkl-")).isEqualTo("-***-");
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
