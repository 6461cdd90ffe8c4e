package dev.onward.dispatch;

import dev.onward.action.ActionCatalogue;
import dev.onward.call.Pacing;
import dev.onward.call.Timer;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.search.CallLogStore;
import dev.onward.database.DataDirectory;
import dev.onward.dispatch.run.Dispatch;
import dev.onward.dispatch.run.Pauses;
import dev.onward.dispatch.store.LaneStore;
import dev.onward.dispatch.store.OutcomeStore;
import dev.onward.dispatch.store.PendingStore;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.dispatch.store.ReplayStore;
import dev.onward.invocation.Invoker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Hands the dispatch what it works with. */
final class DispatchBeans {

    @Produces
    @Singleton
    Dispatch.Time time(Clock clock, Timer timer) {
        return new Dispatch.Time(clock, timer, () -> ThreadLocalRandom.current().nextLong());
    }

    @Produces
    @Singleton
    Dispatch.Rooms rooms(ActionCatalogue catalogue, Invoker invoker, DataDirectory directory, Pacing pacing) {
        return new Dispatch.Rooms(catalogue, invoker, directory, pacing);
    }

    @Produces
    @Singleton
    Dispatch.Parts parts(
            QueueStore queue,
            LaneStore lanes,
            OutcomeStore outcomes,
            Dispatch.Rooms rooms,
            Pauses pauses,
            Dispatch.Time time) {
        return new Dispatch.Parts(queue, lanes, outcomes, rooms, pauses, time);
    }

    @Produces
    @Singleton
    Replays.Kept kept(ReplayStore stored, CallLogStore ended, PendingStore pending, CallLog log) {
        return new Replays.Kept(stored, ended, pending, log);
    }
}
