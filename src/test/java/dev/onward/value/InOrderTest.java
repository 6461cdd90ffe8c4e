package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InOrderTest {

    private final InOrder<String> order = new InOrder<>();
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void those_who_wait_for_one_stage_go_on_in_the_order_of_their_coming() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        for (int i = 0; i < 20_000; i++) {
            int number = i;
            order.after("a", stage, () -> ran.add(number));
        }
        assertThat(order.isEmpty("a")).isFalse();
        stage.complete("known");
        assertThat(ran).hasSize(20_000).isSorted();
        assertThat(order.isEmpty("a")).isTrue();
    }

    @Test
    void who_waits_for_nothing_goes_on_at_once_but_not_before_those_who_wait() {
        order.after("a", CompletableFuture.completedStage(1), () -> ran.add(1));
        CompletableFuture<String> stage = new CompletableFuture<>();
        order.after("a", stage, () -> ran.add(2));
        order.after("a", CompletableFuture.completedStage(3), () -> ran.add(3));
        order.after("b", CompletableFuture.completedStage(4), () -> ran.add(4));
        assertThat(ran).containsExactly(1, 4);
        stage.completeExceptionally(new IllegalStateException("lost"));
        assertThat(ran).containsExactly(1, 4, 2, 3);
    }
}
