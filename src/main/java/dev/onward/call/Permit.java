package dev.onward.call;

import java.time.Duration;
import java.util.function.Consumer;

/** Whether an attempt may begin. */
public sealed interface Permit {

    /** Hands the answer to the one of the three that carries it out. */
    void carryOut(Runnable go, Consumer<Duration> hold, Consumer<CallError> refuse);

    /** It begins now. */
    record Go() implements Permit {
        @Override
        public void carryOut(Runnable go, Consumer<Duration> hold, Consumer<CallError> refuse) {
            go.run();
        }
    }

    /** Not before the delay is over; then it must ask again. */
    record Hold(Duration delay) implements Permit {
        @Override
        public void carryOut(Runnable go, Consumer<Duration> hold, Consumer<CallError> refuse) {
            hold.accept(delay);
        }
    }

    /** Never: the call ends as failed, for this reason. */
    record Refuse(CallError reason) implements Permit {
        @Override
        public void carryOut(Runnable go, Consumer<Duration> hold, Consumer<CallError> refuse) {
            refuse.accept(reason);
        }
    }
}
