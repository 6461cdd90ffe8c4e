package dev.onward.egress.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SystemNameResolverTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Test
    void the_caller_does_not_wait_for_the_look_up() {
        NameResolver resolver = resolver(host -> new InetAddress[] {LOOPBACK});

        CompletableFuture<List<InetAddress>> answer = resolve(resolver, "a.example");
        assertThat(answer).isNotDone();

        waiting.remove().run();
        assertThat(answer).isCompletedWithValue(List.of(LOOPBACK));
    }

    @Test
    void one_look_up_too_many_fails_at_once_and_says_why() {
        NameResolver resolver = resolver(host -> new InetAddress[] {LOOPBACK});
        resolver.resolve("a.example");
        resolver.resolve("b.example");

        assertOverloaded(resolve(resolver, "c.example"));
        assertThat(waiting).hasSize(2);
    }

    @Test
    void a_look_up_that_ended_makes_room_for_another() {
        NameResolver resolver = resolver(host -> {
            if (host.equals("bad.example")) {
                throw new UnknownHostException(host);
            }
            throw new IllegalStateException(host);
        });
        resolver.resolve("bad.example");
        resolver.resolve("worse.example");
        waiting.forEach(Runnable::run);

        assertThat(resolve(resolver, "c.example")).isNotDone();
        assertThat(resolve(resolver, "d.example")).isNotDone();
    }

    @Test
    void a_failed_look_up_fails_the_answer() {
        NameResolver resolver = resolver(host -> {
            throw new UnknownHostException(host);
        });

        CompletableFuture<List<InetAddress>> answer = resolve(resolver, "a.example");
        waiting.remove().run();

        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.handle((value, failure) -> failure).join())
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("a.example");
    }

    @Test
    void threads_that_take_no_more_work_count_as_overloaded_and_keep_no_place() {
        boolean[] full = {true};
        NameResolver resolver = new SystemNameResolver(
                task -> {
                    if (full[0]) {
                        throw new RejectedExecutionException();
                    }
                    waiting.add(task);
                },
                1,
                host -> new InetAddress[] {LOOPBACK});

        assertOverloaded(resolve(resolver, "a.example"));
        full[0] = false;
        assertThat(resolve(resolver, "b.example")).isNotDone();
    }

    @Test
    void the_operating_system_knows_localhost() {
        NameResolver resolver = new SystemNameResolver(Runnable::run, 1);

        List<InetAddress> found = resolve(resolver, "localhost").join();

        assertThat(found).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void room_for_no_look_up_is_a_mistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SystemNameResolver(Runnable::run, 0))
                .withMessageContaining("0");
    }

    private NameResolver resolver(SystemNameResolver.Lookup lookup) {
        return new SystemNameResolver(waiting::add, 2, lookup);
    }

    private static CompletableFuture<List<InetAddress>> resolve(NameResolver resolver, String host) {
        CompletionStage<List<InetAddress>> stage = resolver.resolve(host);
        return stage.toCompletableFuture();
    }

    private static void assertOverloaded(CompletableFuture<List<InetAddress>> answer) {
        assertThat(answer.handle((value, failure) -> failure).join())
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("too many name look-ups");
    }
}
