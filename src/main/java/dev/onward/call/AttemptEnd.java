package dev.onward.call;

import java.util.OptionalInt;
import java.util.function.Function;

/** How one attempt ended: with a complete answer, good or bad, or without one. */
public sealed interface AttemptEnd {

    /** Handles both cases; the compiler sees to it that none is forgotten. */
    <T> T map(Function<Answered, T> whenAnswered, Function<Failed, T> whenFailed);

    /** The answer came as a whole. */
    record Answered(Answer answer) implements AttemptEnd {
        @Override
        public <T> T map(Function<Answered, T> whenAnswered, Function<Failed, T> whenFailed) {
            return whenAnswered.apply(this);
        }
    }

    /**
     * No complete answer came.
     *
     * @param sent whether the provider may have seen bytes of the request; if false it certainly has not
     * @param headStatus of the answer whose head came and whose body did not
     */
    record Failed(CallError error, boolean sent, OptionalInt headStatus) implements AttemptEnd {

        /** A failure before the first byte was sent. */
        public static Failed unsent(CallErrorCode code, String message) {
            return new Failed(new CallError(code, message), false, OptionalInt.empty());
        }

        @Override
        public <T> T map(Function<Answered, T> whenAnswered, Function<Failed, T> whenFailed) {
            return whenFailed.apply(this);
        }
    }
}
