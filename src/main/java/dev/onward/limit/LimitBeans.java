package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.Timer;
import dev.onward.call.guard.HostGuards;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the limits in front of the guards. */
final class LimitBeans {

    @Produces
    @Singleton
    Admission admission(Limits limits, HostGuards guards, Timer timer) {
        return new LimitedAdmission(limits::of, guards, timer);
    }
}
