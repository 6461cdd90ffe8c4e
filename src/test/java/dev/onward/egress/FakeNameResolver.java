package dev.onward.egress;

import dev.onward.egress.address.IpAddress;
import dev.onward.egress.name.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers each look-up with the next prepared answer, or waits with it. Not thread-safe. */
final class FakeNameResolver implements NameResolver {

    final List<String> asked = new ArrayList<>();
    private final Deque<CompletableFuture<List<InetAddress>>> answers = new ArrayDeque<>();

    FakeNameResolver answer(String... addresses) {
        answers.add(CompletableFuture.completedFuture(Arrays.stream(addresses)
                .map(address -> IpAddress.parse(address).orElseThrow().toInetAddress("from.the.dns"))
                .toList()));
        return this;
    }

    FakeNameResolver unknown() {
        answers.add(CompletableFuture.failedFuture(new UnknownHostException("no such name")));
        return this;
    }

    /** An answer that the test completes itself. */
    CompletableFuture<List<InetAddress>> later() {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        asked.add(host);
        return answers.remove();
    }
}
