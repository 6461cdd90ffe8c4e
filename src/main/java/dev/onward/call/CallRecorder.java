package dev.onward.call;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where every invocation ends. The log implements it. Thread-safe; callable from an event loop: neither method waits.
 */
public interface CallRecorder {

    /** Room for one record, or empty when there is none: then the invocation must be refused before it begins. */
    Optional<Reservation> reserve();

    /** Room for one record. It is used once, or given back. */
    interface Reservation {

        /**
         * Hands the record over.
         *
         * @return completes when the record survives the death of the process; fails when it could not be kept
         */
        CompletionStage<Void> record(CallRecord record);

        /** Gives the room back: the invocation was refused before it became one. A second use is ignored. */
        void release();
    }
}
