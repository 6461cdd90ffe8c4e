package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onward.egress.Scheme;
import dev.onward.testsupport.TestCertificates;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeAuthority() throws Exception {
        certificates = TestCertificates.in(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.test:3128",
                "https://user:s3cret@proxy.test:3128",
                "http://user:s3cret@proxy.test",
                "http://user:s3cret@proxy.test:0",
                "http://user:s3cret@proxy.test:65536",
                "http://user:s3cret@proxy.test:3128/path",
                "http://user:s3cret@proxy.test:3128?a",
                "http://user:s3cret@proxy.test:3128#a",
                "http://s3cret@proxy.test:3128",
                "http://:s3cret@proxy.test:3128",
                "http://user:s3 cret@proxy.test:3128",
                "http://[s3cret"
            })
    void a_proxy_that_is_none_stops_the_start_and_its_password_is_not_shown(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> route(Map.of("onward.egress.proxy", url)))
                .withMessageContaining("onward.egress.proxy")
                .withMessageContaining("http://[user:password@]host:port")
                .withMessageNotContaining("cret")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.test:3128, HTTP, proxy.test, 3128, , ",
        "socks5://10.0.0.7:1080/, SOCKS5, 10.0.0.7, 1080, , ",
        "http://me:p%40ss%3Aword@[2001:db8::1]:8080, HTTP, 2001:db8::1, 8080, me, p@ss:word"
    })
    void a_proxy_is_read_from_its_url(String url, ProxyType type, String host, int port, String user, String password) {
        ProxyOptions proxy = route(Map.of("onward.egress.proxy", url)).proxy().orElseThrow();

        assertThat(proxy.getType()).isEqualTo(type);
        assertThat(proxy.getHost()).isEqualTo(host);
        assertThat(proxy.getPort()).isEqualTo(port);
        assertThat(proxy.getUsername()).isEqualTo(user);
        assertThat(proxy.getPassword()).isEqualTo(password);
    }

    @Test
    void only_an_http_proxy_cannot_carry_clear_text() {
        assertThat(route(Map.of("onward.egress.proxy", "http://a:1")).carries(Scheme.HTTP))
                .isFalse();
        assertThat(route(Map.of("onward.egress.proxy", "http://a:1")).carries(Scheme.HTTPS))
                .isTrue();
        assertThat(route(Map.of("onward.egress.proxy", "socks5://a:1")).carries(Scheme.HTTP))
                .isTrue();
        assertThat(Route.DIRECT.carries(Scheme.HTTP)).isTrue();
    }

    @Test
    void a_description_tells_the_way_and_no_secret() {
        assertThat(Route.DIRECT.description()).isEqualTo("directly");
        assertThat(route(Map.of("onward.egress.proxy", "http://me:s3cret@a.test:1"))
                        .description())
                .isEqualTo("through the proxy a.test:1, https only");
        assertThat(route(Map.of("onward.egress.proxy", "socks5://me:s3cret@a.test:1"))
                        .description())
                .isEqualTo("through the proxy a.test:1");
    }

    @Test
    void empty_values_equal_unset_ones() {
        Route route = route(Map.of(
                "onward.egress.proxy", "",
                "onward.egress.trust-store", "",
                "onward.egress.trust-store-password", ""));

        assertThat(route.proxy()).isEmpty();
        assertThat(route.trust()).isEmpty();
    }

    @Test
    void a_missing_trust_store_stops_the_start() {
        assertRefused(folder.resolve("missing.pem"), "", "cannot be read");
    }

    @Test
    void an_empty_trust_store_stops_the_start() throws Exception {
        KeyStore nothing = KeyStore.getInstance("PKCS12");
        nothing.load(null, null);
        Path file = folder.resolve("empty.p12");
        try (var out = Files.newOutputStream(file)) {
            nothing.store(out, "changeit".toCharArray());
        }

        assertRefused(file, "changeit", "holds no certificate");
    }

    @Test
    void a_trust_store_of_another_password_stops_the_start_and_neither_is_shown() throws Exception {
        assertRefused(certificates.store("PKCS12"), "wr0ng", "cannot be read");
    }

    @Test
    void a_file_that_is_no_trust_store_stops_the_start() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        Path half = Files.writeString(folder.resolve("half.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n");

        assertRefused(text, "", "cannot be read");
        assertRefused(half, "", "cannot be read");
    }

    private static void assertRefused(Path file, String password, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trusting(file, password))
                .withMessageContaining("onward.egress.trust-store")
                .withMessageContaining(file.toString())
                .withMessageContaining(reason)
                .withMessageNotContaining("wr0ng")
                .withMessageNotContaining("changeit");
    }

    @Test
    void a_pem_file_adds_its_authorities_to_those_of_the_jvm() throws Exception {
        assertAdded(certificates.pem(), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void a_store_adds_its_authorities_to_those_of_the_jvm(String type) throws Exception {
        assertAdded(certificates.store(type), "changeit");
    }

    private static void assertAdded(Path file, String password) throws Exception {
        TrustManagerFactory jvm = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jvm.init((KeyStore) null);

        TrustManager[] managers = trusting(file, password)
                .trust()
                .orElseThrow()
                .getTrustManagerFactory(null)
                .getTrustManagers();

        assertThat(issuers(managers)).contains(issuers(jvm.getTrustManagers())).contains(certificates.authority());
    }

    private static Object[] issuers(TrustManager[] managers) {
        return Arrays.stream(managers)
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .toArray();
    }

    private static Route trusting(Path file, String password) {
        Map<String, String> values = new HashMap<>(Map.of("onward.egress.trust-store", file.toString()));
        values.put("onward.egress.trust-store-password", password);
        return route(values);
    }

    private static Route route(Map<String, String> values) {
        return Route.of(new SmallRyeConfigBuilder()
                .withMapping(RouteConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(RouteConfig.class));
    }
}
