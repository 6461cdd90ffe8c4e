package dev.onward.call;

import java.util.concurrent.CompletionStage;

/** One attempt under way. Thread-safe. */
public interface Exchange {

    /** Completes when the attempt is over, on any thread; fails only by a bug. */
    CompletionStage<ExchangeReport> done();

    /**
     * Ends the attempt now, if it is not over: it frees the connection and completes {@link #done()} with
     * {@link AttemptEnd.Failed} and this reason. Does not wait; repeatable.
     */
    void cancel(CallError reason);
}
