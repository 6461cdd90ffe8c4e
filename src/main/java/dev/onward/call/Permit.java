package dev.onward.call;

import java.time.Duration;
import java.util.function.Consumer;

/** Whether an attempt may begin. */
public sealed interface Permit {

    /** Hands the answer to the method that carries it out. */
    void carryOut(Steps steps);

    /** What carries answers out: one method is called, once. */
    interface Steps {

        /** The attempt begins. */
        void go();

        /** Asks again after the delay. */
        void hold(Duration delay);

        /** Asks again when it is told to. */
        void await(Consumer<Runnable> turn);

        /** Ends the call. */
        void refuse(CallError reason);
    }

    /** It begins now. */
    record Go() implements Permit {
        @Override
        public void carryOut(Steps steps) {
            steps.go();
        }
    }

    /** Not before the delay is over; then it must ask again. */
    record Hold(Duration delay) implements Permit {
        @Override
        public void carryOut(Steps steps) {
            steps.hold(delay);
        }
    }

    /**
     * Not before its turn; then it must ask again.
     *
     * @param turn takes what to run when the turn has come: at most once, on any thread, perhaps inside this method; not
     *     after {@link Admission.Pass#leave}
     */
    record Await(Consumer<Runnable> turn) implements Permit {
        @Override
        public void carryOut(Steps steps) {
            steps.await(turn);
        }
    }

    /** Never: the call ends as failed, for this reason. */
    record Refuse(CallError reason) implements Permit {
        @Override
        public void carryOut(Steps steps) {
            steps.refuse(reason);
        }
    }
}
