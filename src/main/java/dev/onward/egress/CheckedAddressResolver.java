package dev.onward.egress;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.onward.egress.address.IpAddress;
import dev.onward.egress.name.NameResolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Resolves a name and lets nothing pass that the policy refuses: one bad address refuses the whole name, because the
 * one who answers could order them at will. Answers are kept for a while and judged anew each time; look-ups
 * of the same name at the same time are one; failures are kept for a moment. IPv4 addresses come first.
 * Thread-safe.
 */
public final class CheckedAddressResolver implements AddressResolver {

    /** How old an answer may be when it is used. */
    public static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** Long enough that a broken name costs one look-up for many calls, short enough for their retries. */
    static final Duration FAILURE_AGE = Duration.ofSeconds(1);

    private static final int MAX_NAMES = 10_000;

    private final EgressPolicy policy;
    private final NameResolver names;
    private final AsyncCache<String, Answer> answers;

    /**
     * A resolver.
     *
     * @param maxAge how long an answer is kept; at most {@link #MAX_AGE}
     * @param ticker tells the age of answers; {@link Ticker#systemTicker()} outside tests
     */
    public CheckedAddressResolver(EgressPolicy policy, NameResolver names, Duration maxAge, Ticker ticker) {
        if (maxAge.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException("maxAge must be at most " + MAX_AGE + ", was " + maxAge);
        }
        this.policy = policy;
        this.names = names;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .expireAfter(Expiry.<String, Answer>creating((host, answer) -> answer.found() ? maxAge : FAILURE_AGE))
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String sandbox, Destination destination) {
        Optional<String> refusal = policy.refusal(sandbox, destination);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(new DestinationRefusedException(destination.host(), refusal.get()));
        }
        String host = destination.host();
        Optional<IpAddress> literal = IpAddress.parse(host);
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(List.of(literal.get().toInetAddress(host)));
        }
        CompletionStage<Answer> found = answers.get(host, (name, executor) -> lookUp(name));
        CompletableFuture<List<InetAddress>> checked = new CompletableFuture<>();
        found.whenComplete((answer, impossible) -> answer.failure()
                .or(() -> failure(sandbox, destination, answer.addresses()))
                .ifPresentOrElse(checked::completeExceptionally, () -> checked.complete(answer.addresses())));
        return checked;
    }

    /** An answer even when the look-up fails, for a cache reports failed futures in the log. */
    private CompletableFuture<Answer> lookUp(String host) {
        return names.resolve(host)
                .handle((addresses, failure) ->
                        failure == null ? new Answer(sorted(host, addresses)) : new Answer(cause(failure)))
                .toCompletableFuture();
    }

    private static List<InetAddress> sorted(String host, List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> IpAddress.of(address).toInetAddress(host))
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .toList();
    }

    private Optional<Throwable> failure(String sandbox, Destination destination, List<InetAddress> addresses) {
        String host = destination.host();
        for (InetAddress address : addresses) {
            Optional<String> refusal = policy.refusal(sandbox, destination, address);
            if (refusal.isPresent()) {
                return Optional.of(new DestinationRefusedException(host, refusal.get()));
            }
        }
        return addresses.isEmpty()
                ? Optional.of(new UnknownHostException("the name has no address: " + host))
                : Optional.empty();
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }

    /** What a look-up ended with. */
    private record Answer(List<InetAddress> addresses, Optional<Throwable> failure) {

        Answer(List<InetAddress> addresses) {
            this(addresses, Optional.empty());
        }

        Answer(Throwable failure) {
            this(List.of(), Optional.of(failure));
        }

        boolean found() {
            return failure.isEmpty() && !addresses.isEmpty();
        }
    }
}
