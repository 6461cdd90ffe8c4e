package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedAddressResolverTest {

    private static final Destination EXAMPLE = Destinations.of("https://example.com/");

    private final AtomicLong nanoTime = new AtomicLong();
    private final FakeNameResolver names = new FakeNameResolver();

    @Test
    void a_name_that_turns_private_is_refused_at_the_next_connection() {
        AddressResolver resolver = resolver();
        names.answer("8.8.8.8").answer("127.0.0.1");

        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("8.8.8.8");
        pass(CheckedAddressResolver.MAX_AGE);

        assertThat(failure(resolver.resolve("prod", EXAMPLE))).isInstanceOf(DestinationRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "fd00::1", "64:ff9b::7f00:1", "9.8.7.6"})
    void one_bad_address_refuses_the_whole_name(String bad) {
        names.answer("8.8.8.8", "2606:4700::1111", bad);

        assertThat(failure(resolver().resolve("prod", EXAMPLE))).isInstanceOf(DestinationRefusedException.class);
    }

    @Test
    void the_client_learns_no_reason_and_the_operator_does() {
        names.answer("169.254.169.254");

        Throwable failure = failure(resolver().resolve("prod", EXAMPLE));

        assertThat(failure).hasMessageNotContaining("169.254").hasMessageContaining("example.com");
        assertThat(failure)
                .isInstanceOfSatisfying(
                        DestinationRefusedException.class,
                        refused -> assertThat(refused.reason())
                                .contains("169.254.169.254")
                                .contains("link-local"));
    }

    @Test
    void an_unknown_name_fails_for_a_moment_and_is_asked_for_again() {
        AddressResolver resolver = resolver();
        names.unknown().answer("8.8.8.8");

        assertThat(failure(resolver.resolve("prod", EXAMPLE))).isInstanceOf(UnknownHostException.class);
        pass(CheckedAddressResolver.FAILURE_AGE.minusNanos(1));
        assertThat(failure(resolver.resolve("prod", EXAMPLE))).isInstanceOf(UnknownHostException.class);
        pass(Duration.ofNanos(1));
        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("8.8.8.8");
    }

    @Test
    void a_name_may_have_a_hundred_addresses_and_each_is_judged() {
        String[] hundred =
                IntStream.rangeClosed(1, 100).mapToObj(host -> "8.8.8." + host).toArray(String[]::new);
        names.answer(hundred);

        assertThat(addresses(resolver().resolve("prod", EXAMPLE))).containsExactly(hundred);

        hundred[99] = "192.168.0.1";
        names.answer(hundred);
        assertThat(failure(resolver().resolve("prod", EXAMPLE))).isInstanceOf(DestinationRefusedException.class);
    }

    @Test
    void a_name_may_have_ipv6_addresses_alone() {
        names.answer("2606:4700::2", "2606:4700::1");

        assertThat(addresses(resolver().resolve("prod", EXAMPLE)))
                .containsExactly("2606:4700:0:0:0:0:0:2", "2606:4700:0:0:0:0:0:1");
    }

    @Test
    void a_name_that_resolves_to_nothing_at_the_second_time_is_unknown() {
        AddressResolver resolver = resolver();
        names.answer("8.8.8.8").answer();

        addresses(resolver.resolve("prod", EXAMPLE));
        pass(CheckedAddressResolver.MAX_AGE);

        assertThat(failure(resolver.resolve("prod", EXAMPLE))).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_name_without_addresses_is_unknown_for_a_moment() {
        AddressResolver resolver = resolver();
        names.answer().answer("8.8.8.8");

        assertThat(failure(resolver.resolve("prod", EXAMPLE))).isInstanceOf(UnknownHostException.class);
        pass(CheckedAddressResolver.FAILURE_AGE);
        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("8.8.8.8");
    }

    @Test
    void an_answer_is_kept_for_its_time_and_no_longer() {
        AddressResolver resolver = resolver();
        names.answer("8.8.8.8").answer("1.1.1.1");

        addresses(resolver.resolve("prod", EXAMPLE));
        pass(CheckedAddressResolver.MAX_AGE.minusNanos(1));
        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("8.8.8.8");
        pass(Duration.ofNanos(1));
        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("1.1.1.1");
    }

    @Test
    void an_answer_may_be_kept_for_less() {
        AddressResolver resolver = resolver(Duration.ofSeconds(1));
        names.answer("8.8.8.8").answer("1.1.1.1");

        addresses(resolver.resolve("prod", EXAMPLE));
        pass(Duration.ofSeconds(1));
        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("1.1.1.1");
    }

    @Test
    void an_answer_may_not_be_kept_for_more() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolver(CheckedAddressResolver.MAX_AGE.plusNanos(1)))
                .withMessageContaining("PT30S");
    }

    @Test
    void an_answer_that_one_sandbox_may_call_is_refused_to_another() {
        AddressResolver resolver = resolver("team-a=10.0.0.0/8");
        names.answer("10.0.0.1");

        assertThat(addresses(resolver.resolve("team-a", EXAMPLE))).containsExactly("10.0.0.1");
        assertThat(failure(resolver.resolve("team-b", EXAMPLE))).isInstanceOf(DestinationRefusedException.class);
        assertThat(names.asked).hasSize(1);
    }

    @Test
    void an_answer_is_judged_for_the_port_that_is_called() {
        AddressResolver resolver = resolver("10.0.0.0/8:443");
        names.answer("10.0.0.1");

        assertThat(addresses(resolver.resolve("prod", EXAMPLE))).containsExactly("10.0.0.1");
        assertThat(failure(resolver.resolve("prod", Destinations.of("https://example.com:80/"))))
                .isInstanceOf(DestinationRefusedException.class);
    }

    @Test
    void a_host_allowed_by_name_may_have_any_address_but_onwards_own_endpoint() {
        AddressResolver resolver = resolver("stub.local");
        names.answer("127.0.0.1");

        assertThat(addresses(resolver.resolve("prod", Destinations.of("https://stub.local:9000/"))))
                .containsExactly("127.0.0.1");
        assertThat(failure(resolver.resolve("prod", Destinations.of("https://stub.local:8080/"))))
                .isInstanceOf(DestinationRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "0.0.0.0", "::1", "::", "9.8.7.6", "::ffff:127.0.0.1"})
    void onwards_own_listener_is_refused_at_every_address_of_the_machine(String address) {
        AddressResolver resolver = resolver("stub.local", "0.0.0.0/0", "::/0");
        names.answer(address);

        assertThat(failure(resolver.resolve("prod", Destinations.of("https://stub.local:8080/"))))
                .isInstanceOf(DestinationRefusedException.class);
    }

    @Test
    void the_database_is_refused_at_its_address_and_by_its_name() {
        AddressResolver resolver = resolver("stub.local", "db.example.com", "198.51.100.0/24");
        names.answer("198.51.100.7");

        assertThat(failure(resolver.resolve("prod", Destinations.of("https://stub.local:5432/"))))
                .isInstanceOf(DestinationRefusedException.class);
        assertThat(failure(resolver.resolve("prod", Destinations.of("https://db.example.com:5432/"))))
                .isInstanceOf(DestinationRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://example.com:22/",
                "https://localhost/",
                "https://10.0.0.1/",
                "https://db/"
            })
    void what_registration_refuses_is_refused_without_a_look_up(String url) {
        assertThat(failure(resolver().resolve("prod", Destinations.of(url))))
                .isInstanceOf(DestinationRefusedException.class);
        assertThat(names.asked).isEmpty();
    }

    @Test
    void an_address_is_not_looked_up() {
        AddressResolver resolver = resolver();

        assertThat(addresses(resolver.resolve("prod", Destinations.of("https://8.8.8.8/"))))
                .containsExactly("8.8.8.8");
        assertThat(addresses(resolver.resolve("prod", Destinations.of("https://[2606:4700::1111]/"))))
                .containsExactly("2606:4700:0:0:0:0:0:1111");
        assertThat(names.asked).isEmpty();
    }

    @Test
    void ipv4_comes_first_and_the_order_is_kept_otherwise() {
        names.answer("2606:4700::1", "8.8.8.8", "2606:4700::2", "1.1.1.1");

        assertThat(addresses(resolver().resolve("prod", EXAMPLE)))
                .containsExactly("8.8.8.8", "1.1.1.1", "2606:4700:0:0:0:0:0:1", "2606:4700:0:0:0:0:0:2");
    }

    @Test
    void an_address_carries_the_name_so_that_nobody_looks_it_up_in_reverse() {
        names.answer("8.8.8.8");

        List<InetAddress> found = value(resolver().resolve("prod", EXAMPLE));

        assertThat(found).singleElement().hasToString("example.com/8.8.8.8");
    }

    @Test
    void look_ups_of_one_name_at_the_same_time_are_one() {
        AddressResolver resolver = resolver();
        CompletableFuture<List<InetAddress>> answer = names.later();

        CompletionStage<List<InetAddress>> first = resolver.resolve("prod", EXAMPLE);
        CompletionStage<List<InetAddress>> second = resolver.resolve("other", EXAMPLE);
        first.toCompletableFuture().cancel(true);
        answer.complete(List.of(InetAddress.getLoopbackAddress()));

        assertThat(failure(second)).isInstanceOf(DestinationRefusedException.class);
        assertThat(names.asked).containsExactly("example.com");
    }

    private AddressResolver resolver(String... allowed) {
        return resolver(CheckedAddressResolver.MAX_AGE, allowed);
    }

    private AddressResolver resolver(Duration maxAge, String... allowed) {
        return new CheckedAddressResolver(TestEgressConfig.allowing(allowed), names, maxAge, nanoTime::get);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static List<String> addresses(CompletionStage<List<InetAddress>> stage) {
        return value(stage).stream().map(InetAddress::getHostAddress).toList();
    }

    private static List<InetAddress> value(CompletionStage<List<InetAddress>> stage) {
        return stage.toCompletableFuture().getNow(List.of());
    }

    /** The failure as a callback sees it. */
    private static Throwable failure(CompletionStage<List<InetAddress>> stage) {
        List<Throwable> failures = new ArrayList<>();
        stage.whenComplete((addresses, failure) -> failures.add(failure));
        assertThat(failures).singleElement().isNotNull();
        return failures.get(0);
    }
}
