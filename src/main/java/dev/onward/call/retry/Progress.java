package dev.onward.call.retry;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a call has come.
 *
 * @param attempts that are over, but for those that were followed by a redirect or signed anew
 * @param lastStatus of the last complete answer
 * @param lastError of the last attempt that failed by itself; empty when a complete answer came after it. Being
 *     cancelled at the window's end is not such a failure
 */
public record Progress(int attempts, OptionalInt lastStatus, Optional<CallError> lastError) {

    /** Nothing was tried yet. */
    public static Progress start() {
        return new Progress(0, OptionalInt.empty(), Optional.empty());
    }

    /** The same with one more attempt. */
    public Progress after(AttemptEnd end) {
        return end.map(
                answered -> new Progress(
                        attempts + 1, OptionalInt.of(answered.answer().status()), Optional.empty()),
                failed -> new Progress(attempts + 1, lastStatus, real(failed.error())));
    }

    /** The same without counting the last attempt, which was followed to another place or signed anew: no retry is spent. */
    public Progress uncounted() {
        return new Progress(attempts - 1, lastStatus, lastError);
    }

    private Optional<CallError> real(CallError error) {
        return error.code() == CallErrorCode.TIMEOUT ? lastError : Optional.of(error);
    }
}
