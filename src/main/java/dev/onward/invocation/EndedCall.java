package dev.onward.invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A call that has ended, so that its place may be another's, while its record is still being written.
 *
 * @param recorded completes when the record survives the death of the process: nobody may be told of the call before
 */
public record EndedCall<T>(CompletionStage<T> recorded) {

    /** One whose record is safe already. */
    public static <T> EndedCall<T> of(T recorded) {
        return new EndedCall<>(CompletableFuture.completedStage(recorded));
    }

    /** The same call, told in other words. */
    <U> EndedCall<U> map(Function<T, U> words) {
        return new EndedCall<>(recorded.thenApply(words));
    }
}
