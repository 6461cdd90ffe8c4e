package dev.onward.egress.name;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Resolves names as the operating system does. Its look-ups block, for many seconds when no name server answers, so
 * they run on threads of their own and only so many may wait; one more fails at once. Thread-safe.
 *
 * <p>The JVM keeps answers too: {@link JvmNameCache}.
 */
public final class SystemNameResolver implements NameResolver {

    private final Executor threads;
    private final Semaphore places;
    private final Lookup lookup;

    /**
     * A resolver that looks up on the given threads.
     *
     * @param threads runs one look-up a thread; the caller owns it
     * @param maxLookups how many look-ups may run and wait together
     */
    public SystemNameResolver(Executor threads, int maxLookups) {
        this(threads, maxLookups, InetAddress::getAllByName);
    }

    SystemNameResolver(Executor threads, int maxLookups, Lookup lookup) {
        if (maxLookups < 1) {
            throw new IllegalArgumentException("maxLookups must be at least 1, was " + maxLookups);
        }
        this.threads = threads;
        this.places = new Semaphore(maxLookups);
        this.lookup = lookup;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(overloaded(host));
        }
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> lookUp(host, answer));
        } catch (RejectedExecutionException full) {
            places.release();
            answer.completeExceptionally(overloaded(host));
        }
        return answer;
    }

    /** The place is free again before anybody hears of the answer, so that whoever does can ask at once. */
    private void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
        List<InetAddress> addresses;
        try {
            addresses = List.of(lookup.allOf(host));
        } catch (UnknownHostException | RuntimeException failure) {
            places.release();
            answer.completeExceptionally(failure);
            return;
        }
        places.release();
        answer.complete(addresses);
    }

    private static UnknownHostException overloaded(String host) {
        return new UnknownHostException("too many name look-ups are waiting; not looked up: " + host);
    }

    /** The blocking look-up. */
    interface Lookup {
        InetAddress[] allOf(String host) throws UnknownHostException;
    }
}
