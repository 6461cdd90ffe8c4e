package dev.onward.call;

import dev.onward.call.retry.RetryRule;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Makes calls: attempts under one window of monotonic time, each with its own deadline, retries as {@link RetryRule}
 * decides, and never more calls at once than its ceiling. Thread-safe.
 */
public final class CallEngine {

    private final EngineParts parts;
    private final Ceiling ceiling;

    public CallEngine(EngineParts parts, Ceiling ceiling) {
        this.parts = parts;
        this.ceiling = ceiling;
    }

    /** The place for one call, to be had before anything of the call is accepted; empty at the ceiling. Never waits. */
    public Optional<Place> tryEnter() {
        return ceiling.places().tryTake(ceiling.maxInFlight());
    }

    /** How many calls are under way, those included that wait for a place of their endpoint. */
    public int inFlight() {
        return ceiling.places().taken();
    }

    /**
     * Makes one call. Its window begins as soon as the admission lets it in, as a rule now. Never waits.
     *
     * @param place given back when the call has ended, however it ends
     * @return never fails but by a bug: whatever a provider does is an {@link Outcome}; completes on the thread that saw
     *     the end
     */
    public CompletionStage<CallResult> call(CallRequest request, Place place) {
        return new RunningCall(request, place, parts).begin();
    }
}
