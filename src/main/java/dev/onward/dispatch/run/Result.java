package dev.onward.dispatch.run;

import dev.onward.call.CallRecord;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be written of a claimed call. */
sealed interface Result {

    Claim claim();

    /** How long the whole lane is not let through, if it is not. */
    Optional<Duration> laneWaits();

    /** Whether the run before it made an attempt. */
    boolean wasSent();

    /** The same without what providers sent and were sent. */
    Result bare();

    /** Adds itself to the batch that it belongs to. */
    void into(List<Ended> ended, List<Again> again);

    /** The call ends. */
    record End(Ended ended) implements Result {
        @Override
        public Claim claim() {
            return ended.claim();
        }

        @Override
        public Optional<Duration> laneWaits() {
            return Optional.empty();
        }

        @Override
        public boolean wasSent() {
            return !ended.record().attempts().isEmpty();
        }

        @Override
        public Result bare() {
            CallRecord record = ended.record();
            return new End(new Ended(
                    claim(), record.since(record.elapsed(), List.of()), ended.response(), ended.errorResponse()));
        }

        @Override
        public void into(List<Ended> all, List<Again> again) {
            all.add(ended);
        }
    }

    /** The call waits again. */
    record Wait(Again again, Optional<Duration> laneWaits) implements Result {
        @Override
        public Claim claim() {
            return again.claim();
        }

        @Override
        public boolean wasSent() {
            return !again.attempts().isEmpty();
        }

        @Override
        public Result bare() {
            CallRecord otherwise = again.otherwise();
            CallRecord record = otherwise.since(otherwise.elapsed(), List.of());
            return new Wait(new Again(claim(), again.place(), again.failed(), List.of(), record), laneWaits);
        }

        @Override
        public void into(List<Ended> ended, List<Again> all) {
            all.add(again);
        }
    }
}
