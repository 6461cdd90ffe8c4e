package dev.onward.call;

import dev.onward.call.retry.RetryRule;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Makes calls: attempts under one window of monotonic time, each with its own deadline, retries as
 * {@link RetryRule} decides. Thread-safe.
 */
public final class CallEngine {

    private final Transport transport;
    private final Timer timer;
    private final Clock clock;
    private final RetryRule rule;

    /**
     * An engine.
     *
     * @param clock only for the time stamps of the log and for dates in {@code Retry-After}
     * @param random of the back-off; thread-safe
     */
    public CallEngine(Transport transport, Timer timer, Clock clock, RandomGenerator random) {
        this.transport = transport;
        this.timer = timer;
        this.clock = clock;
        this.rule = new RetryRule(random);
    }

    /**
     * Makes one call. The window begins now. Never waits.
     *
     * @return never fails: whatever a provider does is an {@link Outcome}; completes on the thread that saw the end
     */
    public CompletionStage<CallResult> call(CallRequest request) {
        return new RunningCall(request, transport, timer, clock, rule).begin();
    }
}
