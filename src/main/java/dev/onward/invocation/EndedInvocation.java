package dev.onward.invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The end of a call, after which its place may be another's, while its record is still being written.
 *
 * @param recorded completes when the record survives the death of the process: nobody may be told of the call before
 */
public record EndedInvocation<T>(CompletionStage<T> recorded) {

    /** That of a call whose record is safe already. */
    public static <T> EndedInvocation<T> of(T recorded) {
        return new EndedInvocation<>(CompletableFuture.completedStage(recorded));
    }

    /** The same end, told in other words. */
    <U> EndedInvocation<U> map(Function<T, U> words) {
        return new EndedInvocation<>(recorded.thenApply(words));
    }
}
